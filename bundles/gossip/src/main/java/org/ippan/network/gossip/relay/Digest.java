// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;

/**
 * What one link is told of all that is in the logs, newest first, in slices: a peer that was away finds in it what was
 * missed. What its cursors are still to send is left out. Confined to the relay's thread.
 */
final class Digest {

    /** A peer that reads nothing has no slice made for it in vain time and again. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Segment> left = new ArrayDeque<>();
    private int entry = -1;
    private Segment repeated;
    private int repeatedEntry;
    private List<Segment> passed = new ArrayList<>();
    private boolean due;
    private long allowedAt;
    /** When the link may take the next slice, after it did not take one. */
    private long nextAt;
    private long pause = SHORTEST_PAUSE;

    Digest(long nowNanos) {
        this.allowedAt = nowNanos;
        this.nextAt = nowNanos;
    }

    void due() {
        due = true;
    }

    /** Whether one may begin now. */
    boolean begins(long now, long pause) {
        if (!due || !left.isEmpty() || now - allowedAt < 0) {
            return false;
        }
        due = false;
        allowedAt = now + pause;
        return true;
    }

    void begin(List<Segment> oldestFirst) {
        oldestFirst.forEach(left::push);
        entry = -1;
    }

    boolean isBusy() {
        return due || !left.isEmpty();
    }

    /** The next slice; empty at the end. */
    List<Announcement> next(Outbound outbound, int most, int nowMillis) {
        List<Announcement> some = new ArrayList<>();
        passed = new ArrayList<>();
        repeated = left.peek();
        repeatedEntry = entry;
        while (some.size() < most && !left.isEmpty()) {
            Segment segment = left.peek();
            if (segment.pin()) {
                try {
                    slice(segment, outbound, most, nowMillis, some);
                } finally {
                    segment.unpin();
                }
            } else {
                entry = 0;
            }
            if (entry == 0) {
                passed.add(left.pop());
                entry = -1;
            }
        }
        return some;
    }

    private void slice(Segment segment, Outbound outbound, int most, int nowMillis, List<Announcement> some) {
        long sent = sentBefore(segment, outbound);
        if (entry < 0) {
            entry = segment.count();
        }
        while (entry > 0 && some.size() < most) {
            entry--;
            if (segment.position(entry) < sent && outbound.carriage().goes(segment, entry)) {
                some.add(Announcing.announcement(segment, entry, nowMillis));
            }
        }
    }

    /** What is before this position of its log is not to be sent any more. */
    private static long sentBefore(Segment segment, Outbound outbound) {
        Cursor cursor = outbound.cursor(segment.log());
        return cursor == null ? Long.MAX_VALUE : cursor.position();
    }

    /** Whether the next slice is worth a try. */
    boolean isWorthATry(long now) {
        return now - nextAt >= 0;
    }

    /** The last slice was taken. */
    void taken() {
        pause = SHORTEST_PAUSE;
    }

    /** The last slice was not taken: it comes again, each time after a longer pause. */
    void repeat(long now) {
        nextAt = now + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        for (int i = passed.size() - 1; i >= 0; i--) {
            left.push(passed.get(i));
        }
        passed.clear();
        entry = left.peek() == repeated ? repeatedEntry : -1;
    }
}
