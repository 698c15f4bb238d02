// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.dial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.Said;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Transports;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.session.Session;

/**
 * Decides whom to dial: those operators want, always; of the others as many as are wanted, as {@link OutboundChoice}
 * says. Confined to the deciding thread.
 */
public final class Dialer {

    /** Dial failures in a row that cost the peer points. */
    private static final int COSTLY_FAILURES = 3;
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long MAX_RETRY_AFTER_SECONDS = TimeUnit.MINUTES.toSeconds(10);

    private static final Set<String> WEB_SOCKET = Set.of("ws", "wss");

    /** Nothing is in the way of a dial; connections enough are up, if it stays like that. */
    private static final String NONE = "not needed: others were chosen";

    private final PeerContext context;
    private final AddressBook book;
    private final Links links;
    private final Transports transports;
    private final Function<KnownAddress, Session> sessions;
    private final TellerDials tellers = new TellerDials();

    /** Chooses from the book and dials over the transports. */
    public Dialer(PeerContext context, AddressBook book, Links links, Transports transports,
            Function<KnownAddress, Session> sessions) {
        this.context = context;
        this.book = book;
        this.links = links;
        this.transports = transports;
        this.sessions = sessions;
    }

    /** Dials whatever is due, and notes why the others are not. */
    public void run() {
        long now = context.now();
        tellers.tick(now);
        Set<PeerId> underWay = new HashSet<>();
        book.all().stream().filter(known -> known.inUse() && known.id() != null)
                .forEach(known -> underWay.add(known.id()));
        List<KnownAddress> candidates = new ArrayList<>();
        int outbound = 0;
        for (KnownAddress known : book.all()) {
            if (!known.inUse()) {
                String obstacle = obstacle(known, now, underWay);
                known.reason(obstacle);
                if (obstacle.equals(NONE) && known.configured()) {
                    known.reason("an operator wants it");
                    dial(known);
                } else if (obstacle.equals(NONE)) {
                    candidates.add(known);
                }
            }
            outbound += known.inUse() ? 1 : 0;
        }
        int missing = Math.min(context.settings().outboundTarget() - outbound, links.room().left());
        if (missing > 0 && !candidates.isEmpty()) {
            OutboundChoice.choose(candidates, missing, links.regions(),
                    id -> context.services().score(id).standing(), context.random()).forEach(this::dialTold);
        }
    }

    /** Why an address without a connection is not dialled now. */
    private String obstacle(KnownAddress known, long now, Set<PeerId> underWay) {
        PeerId id = known.id();
        if (!transports.dials(known.address())) {
            return nothingDials(known.address().scheme());
        }
        if (id != null && (links.isConnected(id) || underWay.contains(id))) {
            return "the peer is connected, or dialled, at another address";
        }
        if (!known.circuit().due(now)) {
            return "waits for its next try";
        }
        return known.configured() ? NONE : unwanted(known);
    }

    /** Any thread: refuses an address that nothing here dials. The transport of TCP may just be coming. */
    public void check(PeerAddress address) {
        if (!address.scheme().equals(PeerAddress.TCP) && !transports.dials(address)) {
            throw new IllegalArgumentException("address = " + address + ": " + nothingDials(address.scheme()));
        }
    }

    private static String nothingDials(String scheme) {
        String remedy = WEB_SOCKET.contains(scheme) ? " until enabled = true of org.ippan.network.transport.websocket"
                + " and no key of it is refused"
                : scheme.startsWith("http") ? "; inside WebSocket they begin with ws:// or wss://" : "";
        return "nothing here dials " + scheme + " addresses" + remedy;
    }

    private String unwanted(KnownAddress known) {
        PeerId id = known.id();
        if (id != null && context.services().isBanned(id)) {
            return "banned";
        }
        if (id != null && context.settings().allowlist() && !context.settings().allow().contains(id)) {
            return "not on the list of allowed peers";
        }
        return tellers.allows(known) ? NONE : "its teller's share of dials this minute is used up";
    }

    /** A choice may name more addresses of one teller than may be dialled: the others wait for the next minute. */
    private void dialTold(KnownAddress known) {
        if (tellers.allows(known)) {
            tellers.dialled(known, context.now());
            dial(known);
        }
    }

    /** Dials now, whatever the back-off. */
    public void dial(KnownAddress known) {
        Transport transport = transports.of(known.address());
        if (transport != null && !known.inUse()) {
            Session session = sessions.apply(known);
            known.inUse(true);
            known.circuit().dial();
            context.counters().dials.increment();
            connect(transport, known, session);
        }
    }

    /** An application may have transports of its own: one that throws costs its own dials, and no others. */
    private void connect(Transport transport, KnownAddress known, Session session) {
        try {
            transport.connect(known.address(), session.handler());
        } catch (Throwable e) {
            // Its mistake, whatever it is.
            context.threw(transport, e);
            session.handler().dialFailed(known.address(), "the transport failed: " + Said.text(e));
        }
    }

    /** There was no peer. */
    public void failed(Session session, Ending why) {
        KnownAddress known = session.target();
        context.counters().dialFailures.increment();
        context.services().metrics().recordConnectionFailed();
        backOff(session, why);
        if (known.failedDial() <= COSTLY_FAILURES && known.proved()) {
            context.services().failure(known.id(), Cause.DIAL_FAILED);
        }
    }

    /** A connection this node dialled ended; it was a link for so long, or never if negative. */
    public void ended(Session session, long linkedNanos, Ending why) {
        KnownAddress known = session.target();
        boolean connectedOtherwise = known.id() != null && links.isConnected(known.id());
        if (connectedOtherwise || session.restarted()) {
            known.inUse(false);
            known.ending(why);
            known.circuit().connected();
        } else if (linkedNanos < 0) {
            context.services().metrics().recordConnectionFailed();
            backOff(session, why);
        } else {
            known.inUse(false);
            known.ending(why);
            known.circuit().lost(context.now(), linkedNanos, context.settings().backoff(known.configured()),
                    context.random(), retryAfterNanos(session));
        }
    }

    private void backOff(Session session, Ending why) {
        KnownAddress known = session.target();
        known.inUse(false);
        known.ending(why);
        known.circuit().failed(context.now(), context.settings().backoff(known.configured()), context.random(),
                retryAfterNanos(session));
        tell(known, why);
    }

    /** An operator who wants a peer is told why it does not come: at the first failure, then once a minute. */
    private void tell(KnownAddress known, Ending why) {
        long now = context.now();
        if (known.configured() && known.tell(now, TELL_NANOS)) {
            long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(Math.max(0, known.circuit().nextTry() - now - 1));
            context.log().tell(known, "Peer " + (known.alias().isEmpty() ? "" : known.alias() + " at ")
                    + known.address() + " is not connected: " + why.text() + "; next try within " + seconds + " s");
        }
    }

    private static long retryAfterNanos(Session session) {
        return TimeUnit.SECONDS.toNanos(Math.min(MAX_RETRY_AFTER_SECONDS, session.retryAfterSeconds()));
    }
}
