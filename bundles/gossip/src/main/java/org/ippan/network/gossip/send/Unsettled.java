// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.wire.Ack;

/**
 * What was written to one link and its peer has not settled yet: for each priority the bytes of frames, and of which
 * logs they are. The peer counts the same bytes, and tells how many are settled, in whatever order: the first are taken
 * for those. Safe for any thread.
 */
public final class Unsettled {

    /** What a peer may have unsettled, and the least that a publisher may have under way. */
    public static final long LITTLE = 32 * 1024;
    /** Who has this part of a full window may be why it is full. */
    private static final int WINDOW_PART = 8;
    /** Most stretches of a priority: of a peer that settles nothing the oldest count as settled then. */
    private static final int MOST = 1024;
    /** From so many on, short stretches of one log are noted as one. */
    private static final int MANY = 64;
    private static final int SHORT = 16 * 1024;

    private final Lane[] lanes = new Lane[Priority.values().length];

    private final Outbound.Progress progress;

    /** All is settled; this is told when more is. */
    Unsettled(Outbound.Progress progress) {
        this.progress = progress;
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane();
        }
    }

    /** What a link may have of a full window of publishers without being why it is full. */
    public static long share(long window) {
        return Math.max(LITTLE, window / WINDOW_PART);
    }

    /** A fill was written: so many bytes of a priority, with which cursors moved. */
    synchronized void wrote(int priority, int bytes, List<SentFill.Move> moves, long now) {
        Lane lane = lanes[priority];
        for (int i = 0; i < moves.size(); i++) {
            lane.add(moves.get(i), now);
        }
        lane.sent += bytes;
    }

    /**
     * The peer tells how much is settled.
     *
     * @param before that there is little room is believed of what was written before this time: of a peer that settles
     *     all at once it is no reason to send less
     */
    public void acknowledged(Ack ack, long before) {
        Set<SourceLog> logs = new LinkedHashSet<>();
        synchronized (this) {
            for (int priority = 0; priority < lanes.length; priority++) {
                lanes[priority].acknowledged(ack.settled()[priority], ack.isPressed(priority), before, logs);
            }
        }
        logs.forEach(progress::settled);
    }

    /** So many bytes that were written never reach the peer: it will not count them, and nothing waits for that. */
    public void lost(Priority priority, int bytes) {
        Set<SourceLog> logs = new LinkedHashSet<>();
        synchronized (this) {
            lanes[priority.ordinal()].lost(bytes, logs);
        }
        logs.forEach(progress::settled);
    }

    /** Bytes that are not settled. */
    public synchronized long bytes() {
        long bytes = 0;
        for (Lane lane : lanes) {
            bytes += lane.sent - lane.settled;
        }
        return bytes;
    }

    /** Bytes that are. */
    public synchronized long settled() {
        long bytes = 0;
        for (Lane lane : lanes) {
            bytes += lane.settled;
        }
        return bytes;
    }

    /** Bytes of the link that are of one log. */
    private static final class Stretch {

        private final Cursor cursor;
        private final long since;
        private long begin;
        private long end;
        /** Position in the log where it ends. */
        private long to;

        Stretch(Cursor cursor, long begin, long end, long to, long now) {
            this.cursor = cursor;
            this.since = now;
            this.begin = begin;
            this.end = end;
            this.to = to;
        }

        /** The bytes of the link before this one are settled. */
        void settle(long before) {
            long upTo = Math.min(end, before);
            cursor.settled(upTo - begin);
            begin = upTo;
        }
    }

    private static final class Lane {

        private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
        private long sent;
        private long settled;
        /** What the peer had counted when this end had sent nothing. */
        private long base;

        void add(SentFill.Move move, long now) {
            Stretch last = stretches.peekLast();
            long begin = sent + move.begin();
            long end = sent + move.end();
            if (stretches.size() >= MANY && last.cursor == move.cursor() && end - last.begin < SHORT) {
                begin = last.end;
                last.end = end;
                last.to = move.to();
            } else {
                if (stretches.size() >= MOST) {
                    stretches.remove().settle(Long.MAX_VALUE);
                }
                stretches.add(new Stretch(move.cursor(), begin, end, move.to(), now));
            }
            move.cursor().owes(end - begin);
        }

        /**
         * A count that cannot be says that one end's gossip began anew, or is a lie. All that was sent counts as
         * settled then: too much for a moment rather than too little for ever.
         */
        void acknowledged(long count, boolean pressed, long before, Set<SourceLog> logs) {
            long upTo = count - base;
            if (upTo < settled || upTo > sent) {
                base = count - sent;
                upTo = sent;
            }
            settle(upTo, pressed, before, logs);
        }

        /** The peer's count stays behind by so much from now on. */
        void lost(int bytes, Set<SourceLog> logs) {
            base -= bytes;
            settle(Math.min(sent, settled + bytes), false, 0, logs);
        }

        private void settle(long upTo, boolean pressed, long before, Set<SourceLog> logs) {
            settled = upTo;
            Stretch first;
            while ((first = stretches.peek()) != null && first.begin < settled) {
                first.settle(settled);
                if (pressed && first.since - before <= 0 && first.cursor.isSettling()) {
                    first.cursor.log().pressed(first.to);
                }
                logs.add(first.cursor.log());
                if (first.begin == first.end) {
                    stretches.remove();
                }
            }
        }
    }
}
