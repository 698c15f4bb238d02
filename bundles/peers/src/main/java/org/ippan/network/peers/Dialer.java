// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.Transport;

/**
 * Decides whom to dial: those operators want, always; of the others as many as are wanted, spread over networks, the
 * well-behaved first, then the near. Confined to the deciding thread.
 */
final class Dialer {

    /** Dial failures in a row that cost the peer points. */
    private static final int COSTLY_FAILURES = 3;
    private static final long MAX_RETRY_AFTER_SECONDS = TimeUnit.MINUTES.toSeconds(10);

    private final PeerContext context;
    private final AddressBook book;
    private final Links links;
    private final Transports transports;
    private final Function<KnownAddress, Session> sessions;

    /** Chooses from the book and dials over the transports. */
    Dialer(PeerContext context, AddressBook book, Links links, Transports transports,
            Function<KnownAddress, Session> sessions) {
        this.context = context;
        this.book = book;
        this.links = links;
        this.transports = transports;
        this.sessions = sessions;
    }

    /** Dials whatever is due. */
    void run() {
        long now = context.now();
        int outbound = 0;
        for (KnownAddress known : book.all()) {
            if (known.configured() && isFree(known) && known.circuit().due(now)) {
                dial(known);
            }
            outbound += known.session() == null ? 0 : 1;
        }
        int missing = Math.min(context.settings().outboundTarget() - outbound,
                context.settings().limits().connections() - links.counted());
        if (missing > 0) {
            candidates(now).stream().limit(missing).forEach(this::dial);
        }
    }

    private List<KnownAddress> candidates(long now) {
        Set<Object> regions = new HashSet<>(links.regions());
        return book.all().stream()
                .filter(known -> !known.configured() && isFree(known) && known.circuit().due(now))
                .filter(known -> known.id() == null || !context.services().isBanned(known.id()))
                .sorted(Comparator.comparing((KnownAddress known) -> regions.contains(Links.region(known)))
                        .thenComparing(known -> known.id() == null ? Integer.MAX_VALUE
                                : context.services().score(known.id()).standing().ordinal())
                        .thenComparing(known -> known.roundTripNanos() == 0 ? Long.MAX_VALUE : known.roundTripNanos()))
                .toList();
    }

    /** Nothing is under way there, and whoever is there is not connected another way. */
    private boolean isFree(KnownAddress known) {
        PeerId id = known.id();
        return known.session() == null && transports.of(known.address()) != null
                && (id == null || !links.isConnected(id) && !isUnderWay(known, id));
    }

    private boolean isUnderWay(KnownAddress known, PeerId id) {
        return book.all().stream().anyMatch(other -> other != known && id.equals(other.id())
                && other.session() != null);
    }

    /** Dials now, whatever the back-off. */
    void dial(KnownAddress known) {
        Transport transport = transports.of(known.address());
        if (transport != null && known.session() == null) {
            Session session = sessions.apply(known);
            known.session(session);
            known.circuit().dial();
            context.counters().dials.increment();
            transport.connect(known.address(), session.handler());
        }
    }

    /** There was nobody. */
    void failed(Session session, String reason) {
        KnownAddress known = session.target();
        context.counters().dialFailures.increment();
        context.services().metrics().recordConnectionFailed();
        backOff(session, reason);
        if (known.failedDial() <= COSTLY_FAILURES && known.proved()) {
            context.services().failure(known.id(), Cause.DIAL_FAILED);
        }
    }

    /** A connection this node dialled ended; it was a link for so long, or never if negative. */
    void ended(Session session, long linkedNanos, String reason) {
        KnownAddress known = session.target();
        boolean connectedOtherwise = known.id() != null && links.isConnected(known.id());
        if (connectedOtherwise || session.restarted()) {
            known.session(null);
            known.lastError(reason);
            known.circuit().connected();
        } else if (linkedNanos < 0) {
            context.services().metrics().recordConnectionFailed();
            backOff(session, reason);
        } else {
            known.session(null);
            known.lastError(reason);
            known.circuit().lost(context.now(), linkedNanos, context.settings().backoff(known.configured()),
                    context.random(), retryAfterNanos(session));
        }
    }

    private void backOff(Session session, String reason) {
        KnownAddress known = session.target();
        known.session(null);
        known.lastError(reason);
        known.circuit().failed(context.now(), context.settings().backoff(known.configured()), context.random(),
                retryAfterNanos(session));
    }

    private static long retryAfterNanos(Session session) {
        return TimeUnit.SECONDS.toNanos(Math.min(MAX_RETRY_AFTER_SECONDS, session.retryAfterSeconds()));
    }
}
