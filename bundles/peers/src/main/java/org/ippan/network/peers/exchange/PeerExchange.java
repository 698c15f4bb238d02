// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.links.KnownPeer;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.session.Session;

/**
 * Learns addresses from peers and tells them others, {@code docs/protocol.md} §8. One random peer is asked a minute;
 * while few addresses are known each new link is asked once besides, so that a young network finds itself: four a
 * second, those this node opened first. Only answers that were asked for are looked at, so no more than 32 signatures
 * are verified for a request, and none after a forged one. Confined to the deciding thread, but for what links report.
 */
public final class PeerExchange implements ProtocolHandler, ExchangeEnd.Listener {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double JITTER = 0.1;
    /** With so many records in the book new links are not asked at once. */
    static final int ENOUGH = 64;
    private static final long MAX_AGE_MILLIS = TimeUnit.HOURS.toMillis(24);
    private static final long MAX_FUTURE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final PeerContext context;
    private final AddressBook book;
    private final Links links;
    private final OwnRecord own;
    private final Map<PeerLink, ExchangeEnd> ends = new ConcurrentHashMap<>();
    private long nextAt;

    public PeerExchange(PeerContext context, AddressBook book, Links links, OwnRecord own) {
        this.context = context;
        this.book = book;
        this.links = links;
        this.own = own;
        this.nextAt = context.now() + INTERVAL_NANOS / 2;
    }

    @Override
    public Set<FrameType> frameTypes() {
        return Set.of(FrameType.PEERS_REQ, FrameType.PEERS);
    }

    @Override
    public int maxMessageBytes() {
        return Routing.DEFAULT_MAX_MESSAGE;
    }

    @Override
    public FrameReceiver linkUp(PeerLink link, boolean fresh) {
        ExchangeEnd end = new ExchangeEnd(link, this, context.outside().ticker());
        ends.put(link, end);
        return end;
    }

    /* Asking */

    /** Asks whom it is time to ask. */
    public void tick() {
        own.tick(context.outside().clock().millis());
        if (!context.settings().exchange()) {
            return;
        }
        boolean due = context.now() - nextAt >= 0;
        List<ExchangeEnd> fresh = new ArrayList<>();
        List<ExchangeEnd> good = new ArrayList<>();
        for (Session session : links.established()) {
            ExchangeEnd end = ends.get(session.link());
            if (end != null && (due || !end.wasAsked()) && isGood(session.link().peer())) {
                good.add(end);
                if (!end.wasAsked()) {
                    fresh.add(end);
                }
            }
        }
        boolean few = (due || !fresh.isEmpty()) && book.records(Long.MIN_VALUE).size() < ENOUGH;
        if (few) {
            // One at a time: strangers that come by the hundred would keep this thread with signatures.
            fresh.stream().filter(ExchangeEnd::isDialled).findFirst().or(() -> fresh.stream().findFirst())
                    .ifPresent(this::ask);
        }
        if (due) {
            double jitter = JITTER * (2 * context.random().nextDouble() - 1);
            nextAt = context.now() + Math.round((few ? INTERVAL_NANOS / 2 : INTERVAL_NANOS) * (1 + jitter));
            if (!good.isEmpty()) {
                ask(good.get(context.random().nextInt(good.size())));
            }
        }
    }

    private boolean isGood(PeerId peer) {
        return context.services().score(peer).standing() == Standing.GOOD;
    }

    private void ask(ExchangeEnd end) {
        if (end.ask()) {
            context.counters().addressRequestsSent.increment();
        }
    }

    /** What this node tells of itself. */
    public OwnRecord own() {
        return own;
    }

    /* Telling */

    @Override
    public void requested(PeerLink link, int max) {
        context.decide(() -> {
            List<AddressRecord> answer = context.settings().exchange() ? answer(link.peer(), max) : List.of();
            context.counters().addressRequestsServed.increment();
            link.offer(OutboundFrame.control(FrameType.PEERS, AddressRecord.writeAnswer(answer)));
        });
    }

    /** This node's own record and random others; what only neighbours can reach is told to neighbours only. */
    private List<AddressRecord> answer(PeerId asker, int max) {
        long wall = context.outside().clock().millis();
        boolean near = !isPublic(asker);
        List<AddressRecord> answer = new ArrayList<>();
        own.current(wall).filter(record -> near || isForAll(record)).ifPresent(answer::add);
        List<AddressRecord> others = book.records(wall - MAX_AGE_MILLIS);
        others.removeIf(record -> record.id().equals(asker) || !near && !isForAll(record)
                || context.services().isBanned(record.id()));
        while (answer.size() < max && !others.isEmpty()) {
            int chosen = context.random().nextInt(others.size());
            answer.add(others.get(chosen));
            others.set(chosen, others.get(others.size() - 1));
            others.remove(others.size() - 1);
        }
        return answer;
    }

    /** Any thread: this node's own record and those of others, for nodes that are not connected yet. */
    public List<byte[]> records(int max) {
        if (!context.settings().exchange()) {
            return List.of();
        }
        return Stream.concat(own.signed().stream(), book.records(context.outside().clock().millis() - MAX_AGE_MILLIS)
                .stream().filter(record -> !context.services().isBanned(record.id())))
                .limit(max).map(record -> record.bytes().clone()).toList();
    }

    private static boolean isForAll(AddressRecord record) {
        return record.addresses().stream().flatMap(text -> ToldAddress.parse(text).stream())
                .anyMatch(address -> !ToldAddress.isPrivate(address));
    }

    /** Whether a peer is connected by a public address; one that is not connected any more is not. */
    private boolean isPublic(PeerId id) {
        KnownPeer peer = links.peer(id);
        if (peer == null || !peer.connected()) {
            return true;
        }
        InetAddress ip = peer.links().get(0).connection().remoteIp();
        return !ToldAddress.isPrivate(ip);
    }

    @Override
    public void requestIgnored(PeerLink link, boolean forTooLong) {
        context.counters().addressRequestsIgnored.increment();
        if (forTooLong) {
            context.services().failure(link.peer(), Cause.RATE_LIMIT);
            link.close(GoodbyeReason.RATE_LIMIT, "addresses were asked for too often for too long");
        }
    }

    /* Learning */

    @Override
    public void answered(PeerLink link, List<AddressRecord> records) {
        context.counters().addressAnswers.increment();
        context.decide(() -> takeAll(link.peer(), records));
    }

    /** No peer passes on what is forged unless it lies: the rest is not even looked at. */
    private void takeAll(PeerId teller, List<AddressRecord> records) {
        boolean fromPublic = isPublic(teller);
        Predicate<PeerAddress> usable = address -> !fromPublic || !ToldAddress.isPrivate(address);
        boolean honest = true;
        for (AddressRecord record : records) {
            if (honest) {
                honest = take(teller, record, usable, Nearness.of(usable));
            } else {
                context.counters().addressDropped(AddressDrop.FORGED);
            }
        }
    }

    /**
     * A record was told; {@code usable} says which of its addresses may be dialled, {@code nearness} where names may
     * lead. What is cheap is checked first: only what would be news has its signature verified. False if it is forged.
     */
    boolean take(PeerId teller, AddressRecord record, Predicate<PeerAddress> usable, Nearness nearness) {
        long wall = context.outside().clock().millis();
        AddressDrop drop = untimely(record, wall);
        if (drop != null) {
            context.counters().addressDropped(drop);
        } else if (book.record(record.id()).map(known -> known.timeMillis() < record.timeMillis()).orElse(true)) {
            List<PeerAddress> addresses = usable(record, usable);
            return addresses.isEmpty() || takeGenuine(teller, record, addresses, nearness);
        }
        return true;
    }

    private AddressDrop untimely(AddressRecord record, long wall) {
        if (own.isOf(record.id())) {
            return AddressDrop.OWN;
        }
        if (record.timeMillis() < 0 || record.timeMillis() - wall > MAX_FUTURE_MILLIS) {
            return AddressDrop.FUTURE;
        }
        return wall - record.timeMillis() > MAX_AGE_MILLIS ? AddressDrop.TOO_OLD : null;
    }

    private List<PeerAddress> usable(AddressRecord record, Predicate<PeerAddress> wanted) {
        Set<PeerAddress> ours = own.addresses();
        List<PeerAddress> usable = new ArrayList<>();
        for (String text : record.addresses()) {
            ToldAddress told = ToldAddress.judge(text, ours);
            if (told.drop() != null) {
                context.counters().addressDropped(told.drop());
            } else if (wanted.test(told.address())) {
                usable.add(told.address());
            } else {
                context.counters().addressDropped(AddressDrop.PRIVATE);
            }
        }
        return usable;
    }

    private boolean takeGenuine(PeerId teller, AddressRecord record, List<PeerAddress> addresses, Nearness nearness) {
        if (!record.isGenuine(context.settings().network().tag())) {
            context.counters().addressDropped(AddressDrop.FORGED);
            return false;
        }
        boolean taken = false;
        for (PeerAddress address : addresses) {
            AddressDrop drop = book.told(address, record, teller, nearness, context.settings().maxBook());
            taken |= drop == null;
            if (drop != null) {
                context.counters().addressDropped(drop);
            }
        }
        if (taken) {
            context.counters().addressRecordsTaken.increment();
        }
        return true;
    }

    @Override
    public void answerIgnored() {
        context.counters().addressAnswersIgnored.increment();
    }

    @Override
    public void ended(PeerLink link) {
        ends.remove(link);
    }
}
