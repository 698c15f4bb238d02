// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.log.Stretch;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.ControlCodec;

/**
 * What peers are told of though its publisher sends it to them, as there is no proof that they have it. Confined to the
 * relay's thread.
 */
public final class Owed {

    /** So much longer than a validator may take, what had to wait for one is meant too: it came before. */
    private static final long LONGER = TimeUnit.SECONDS.toNanos(1);

    private final Sources sources;
    private final LongSupplier validatorTimeout;
    private final Map<Outbound, Map<SourceLog, Open>> all = new LinkedHashMap<>();

    private static final class Open {

        private final SourceLog log;
        private final Stretch stretch;
        private long until;
        /** All that is before this position of the log is meant. */
        private long all;
        /** Whether that is to be what is there at the next look: what is just being taken in was counted already. */
        private boolean whole;

        Open(SourceLog log, long now) {
            this.log = log;
            stretch = new Stretch(log);
            until = now;
        }

        private void follow(long now) {
            if (whole) {
                whole = false;
                all = log.head();
            }
            if (now - until < 0) {
                stretch.extend();
            }
        }

        private boolean means(Segment segment, int entry) {
            return segment.position(entry) < all || (segment.flags(entry) & Segment.JUDGED) != 0;
        }
    }

    /** Announces one entry of a pinned segment to one peer. */
    public interface Announcer {

        /** To be announced soon. */
        void announce(Outbound outbound, Segment segment, int entry);
    }

    /**
     * Nothing is owed.
     *
     * @param validatorTimeout in nanoseconds: for so long a message that came may be missing in its log
     */
    public Owed(Sources sources, LongSupplier validatorTimeout) {
        this.sources = sources;
        this.validatorTimeout = validatorTimeout;
    }

    /**
     * A peer may lack what is behind a position of a log.
     *
     * @param follows whether what was counted and comes to it soon is meant too
     */
    public void add(Outbound outbound, SourceLog log, long from, boolean follows, long now) {
        Open open = all.computeIfAbsent(outbound, any -> new HashMap<>()).computeIfAbsent(log,
                any -> new Open(log, now));
        open.stretch.skip(from);
        open.stretch.extend();
        open.all = log.head();
        if (follows) {
            open.whole = true;
            open.until = now + validatorTimeout.getAsLong() + LONGER;
        }
    }

    /** Announces some. */
    public void tick(long now, Announcer announcer) {
        all.forEach((outbound, opens) -> {
            opens.values().removeIf(open -> open.stretch.isOver() && now - open.until >= 0);
            for (Open open : opens.values()) {
                open.follow(now);
                if (!open.stretch.isEmpty()) {
                    open.stretch.pass(sources.space().segments(), ControlCodec.MAX_IDS, (segment, entry) ->
                            open.means(segment, entry) && tell(outbound, segment, entry, announcer));
                }
            }
        });
        all.values().removeIf(Map::isEmpty);
    }

    private static boolean tell(Outbound outbound, Segment segment, int entry, Announcer announcer) {
        boolean lacks = outbound.carriage().mayLackOwn(segment, entry);
        if (lacks) {
            announcer.announce(outbound, segment, entry);
        }
        return lacks;
    }

    /** A link ended. */
    public void down(Outbound outbound) {
        all.remove(outbound);
    }

    /** Whether something is to be announced, or may come to be. */
    public boolean isBusy(long now) {
        return all.values().stream().flatMap(opens -> opens.values().stream())
                .anyMatch(open -> !open.stretch.isEmpty() || now - open.until < 0);
    }
}
