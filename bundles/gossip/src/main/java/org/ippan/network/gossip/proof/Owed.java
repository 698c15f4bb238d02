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
import org.ippan.network.gossip.send.Numbers;
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
        /** Of all that is meant. */
        private final Stretch stretch;
        private long until;
        /** All that is before this position of the log is meant. */
        private long all;
        /** Where what is meant begins, and before which position what waited for validators was told already. */
        private long first;
        private long told;
        /** Whether that is to be what is there at the next look: what is just being taken in was counted already. */
        private boolean whole;
        /** Of what is meant by its number: these, or a few more. */
        private final Stretch hole;
        private long holeUntil;
        private long after;
        private long upTo;

        Open(SourceLog log, long now) {
            this.log = log;
            stretch = new Stretch(log);
            until = now;
            hole = new Stretch(log);
            holeUntil = now;
        }

        private boolean isOpen(long now) {
            return !stretch.isEmpty() || now - until < 0 || !hole.isEmpty() || now - holeUntil < 0;
        }

        private void follow(long now) {
            if (whole) {
                whole = false;
                all = log.head();
            }
            if (now - until < 0) {
                stretch.extend();
            }
            if (now - holeUntil < 0) {
                hole.extend();
            }
        }

        /** Means all behind a position: what was passed of that till now was not meant, but for late verdicts. */
        private void meanAll(long from) {
            first = from >= all ? from : first;
            told = stretch.position();
            stretch.back(Math.max(from, all));
            stretch.extend();
            all = log.head();
            whole = true;
        }

        private boolean means(Segment segment, int entry) {
            return segment.position(entry) < all || isLate(segment, entry);
        }

        private static boolean isLate(Segment segment, int entry) {
            return (segment.flags(entry) & Segment.JUDGED) != 0;
        }

        /** Whether it is to be told, and was not when this part of the log was passed before. */
        private boolean isNews(Segment segment, int entry) {
            return means(segment, entry) && !(segment.position(entry) < told && isLate(segment, entry));
        }

        /** Goes back for a hole, also before what is meant with all others: that was passed without it. */
        private void widen(long from, long first, long last, long now) {
            boolean over = hole.isEmpty() && now - holeUntil >= 0;
            after = over || after - first > 0 ? first : after;
            upTo = over || last - upTo > 0 ? last : upTo;
            hole.back(from);
            hole.extend();
        }

        /** Whether it is left out, and not meant with all others. */
        private boolean isInHole(Segment segment, int entry) {
            long number = Numbers.at(segment, entry);
            long position = segment.position(entry);
            return number - after > 0 && upTo - number >= 0
                    && !(position >= first && position < stretch.end() && means(segment, entry));
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

    /** A peer may lack what its publisher gave numbers after this, up to another. */
    public void add(Outbound outbound, SourceLog log, long after, long upTo, long now) {
        Open open = open(outbound, log, now);
        open.widen(sources.position(log, after), after, upTo, now);
        open.holeUntil = now + validatorTimeout.getAsLong() + LONGER;
    }

    /** A peer may lack all that is behind a position of a log, and what was counted and comes to it soon. */
    public void addAll(Outbound outbound, SourceLog log, long from, long now) {
        Open open = open(outbound, log, now);
        open.meanAll(from);
        open.until = now + validatorTimeout.getAsLong() + LONGER;
    }

    private Open open(Outbound outbound, SourceLog log, long now) {
        return all.computeIfAbsent(outbound, any -> new HashMap<>()).computeIfAbsent(log, any -> new Open(log, now));
    }

    /** Announces some. */
    public void tick(long now, Announcer announcer) {
        all.forEach((outbound, opens) -> {
            opens.values().removeIf(open -> open.stretch.isOver() && now - open.until >= 0
                    && now - open.holeUntil >= 0);
            for (Open open : opens.values()) {
                open.follow(now);
                pass(open.stretch, (segment, entry) ->
                        open.isNews(segment, entry) && tell(outbound, segment, entry, announcer));
                pass(open.hole, (segment, entry) ->
                        open.isInHole(segment, entry) && tell(outbound, segment, entry, announcer));
            }
        });
        all.values().removeIf(Map::isEmpty);
    }

    private void pass(Stretch stretch, Stretch.Teller teller) {
        if (!stretch.isEmpty()) {
            stretch.pass(sources.space().segments(), ControlCodec.MAX_IDS, teller);
        }
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
                .anyMatch(open -> open.isOpen(now));
    }
}
