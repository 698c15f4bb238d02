// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.search.Candidate;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.search.Source;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Peers in the local network. Asks at growing intervals, hears what others say, and tells where this node is: twice in
 * the beginning, when it is asked, before what it told has passed, and once more when it goes. Looks are confined to
 * one thread; packets arrive on another.
 */
public final class MdnsSource implements Source {

    private static final long LOOK_SECONDS = 1;
    private static final long MAX_QUESTION_SECONDS = 60;
    /** Told again well before it passes. */
    private static final long TELL_SECONDS = MdnsMessages.TTL_SECONDS / 2;
    private static final long LEAST_TELL_SECONDS = 1;
    /** Interfaces come and go; how often that is noticed. */
    private static final long INTERFACES_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long RETRY_SECONDS = 10;

    private final MdnsCache cache;
    private final Supplier<Optional<PeerId>> own;
    private final Supplier<Optional<MdnsMessages.Self>> self;
    private final Ticker ticker;
    private final Opening opening;
    private List<NetworkInterface> interfaces = List.of();
    /** Of these: one that was away for a moment comes back with another number. */
    private List<Integer> indexes = List.of();
    private MdnsSockets sockets;
    private long interfacesAt;
    private Optional<MdnsMessages.Self> toldSelf = Optional.empty();
    private long questionAt;
    private long questionSeconds = 1;
    private long toldAt;
    private long tellAgainSeconds;
    private int tellings;
    private volatile boolean asked;
    private volatile boolean closed;

    /** The network interfaces, and sockets on them. */
    interface Opening {

        /** Which interfaces the operator named; empty for the usual ones. */
        List<String> named();

        List<NetworkInterface> interfaces() throws IOException;

        MdnsSockets open(List<NetworkInterface> on) throws IOException;
    }

    /**
     * A search that has not begun.
     *
     * @param own gives the id of this node, which hears itself too
     * @param self gives what it tells of itself; empty for nothing
     */
    MdnsSource(MdnsCache cache, Supplier<Optional<PeerId>> own, Supplier<Optional<MdnsMessages.Self>> self,
            Ticker ticker, Opening opening) {
        this.cache = cache;
        this.own = own;
        this.self = self;
        this.ticker = ticker;
        this.opening = opening;
        this.questionAt = ticker.nanos();
    }

    /** Of other interfaces nothing is taken over: those may be left out because of what is heard there. */
    @Override
    public void follow(Source before) {
        if (before instanceof MdnsSource mdns && mdns.opening.named().equals(opening.named())) {
            cache.follow(mdns.cache);
        }
    }

    @Override
    public long refreshSeconds() {
        return RETRY_SECONDS;
    }

    @Override
    public Sighting look() throws IOException {
        begin();
        long now = ticker.nanos();
        if (now - questionAt >= 0) {
            sockets.send(ips -> Optional.of(MdnsMessages.question()));
            questionAt = now + TimeUnit.SECONDS.toNanos(questionSeconds);
            questionSeconds = Math.min(MAX_QUESTION_SECONDS, 2 * questionSeconds);
        }
        tell(now);
        Optional<PeerId> me = own.get();
        List<Candidate> others = cache.candidates().stream().filter(each -> me.isEmpty() || !each.pin().equals(me))
                .toList();
        return new Sighting(others, List.of(), sockets.error(), LOOK_SECONDS);
    }

    private synchronized void begin() throws IOException {
        if (closed) {
            throw new IOException("the search has ended");
        }
        long now = ticker.nanos();
        if (sockets != null && !sockets.isDeaf() && now - interfacesAt < INTERFACES_NANOS) {
            return;
        }
        interfacesAt = now;
        try {
            List<NetworkInterface> there = opening.interfaces();
            List<Integer> numbers = there.stream().map(NetworkInterface::getIndex).toList();
            if (sockets == null || sockets.isDeaf() || !there.equals(interfaces) || !numbers.equals(indexes)) {
                shut();
                sockets = opening.open(there);
                interfaces = there;
                indexes = numbers;
                questionSeconds = 1;
                questionAt = now;
                tellings = 0;
                sockets.receive(this::received);
            }
        } catch (IOException e) {
            // One that is back is the same by its name and addresses, and what is open hears nothing there.
            shut();
            throw e;
        }
    }

    private void shut() {
        if (sockets != null) {
            sockets.close();
            sockets = null;
        }
    }

    private void tell(long now) {
        Optional<MdnsMessages.Self> current = self.get();
        if (!current.map(MdnsMessages.Self::id).equals(toldSelf.map(MdnsMessages.Self::id))
                || !current.map(MdnsMessages.Self::port).equals(toldSelf.map(MdnsMessages.Self::port))) {
            toldSelf.ifPresent(gone -> sockets.send(ips -> MdnsMessages.announcement(gone, ips, true)));
            toldSelf = current;
            tellings = 0;
        }
        long since = now - toldAt;
        boolean due = tellings == 0 || since >= TimeUnit.SECONDS.toNanos(asked ? LEAST_TELL_SECONDS : tellAgainSeconds);
        if (current.isPresent() && due) {
            sockets.send(ips -> MdnsMessages.announcement(current.get(), ips, false));
            asked = false;
            tellings++;
            toldAt = now;
            tellAgainSeconds = tellings < 2 ? LEAST_TELL_SECONDS : TELL_SECONDS;
        }
    }

    /** On the thread of the sockets. */
    void received(byte[] bytes) {
        try {
            Message message = new Message(bytes);
            if (MdnsMessages.asks(message)) {
                asked = true;
            } else {
                List<Record> all = new ArrayList<>(message.getSection(Section.ANSWER));
                all.addAll(message.getSection(Section.ADDITIONAL));
                cache.take(all);
            }
        } catch (IOException e) {
            // No message of DNS: others use the port as they like.
            return;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (sockets != null) {
            toldSelf.ifPresent(gone -> sockets.send(ips -> MdnsMessages.announcement(gone, ips, true)));
            sockets.close();
        }
    }
}
