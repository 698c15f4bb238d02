// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.util.List;

/** What is between two positions of a log, to be gone through in steps, each entry once. Confined to one thread. */
public final class Stretch {

    private final SourceLog log;
    private long from;
    private long to;

    /** Tells of one entry of a pinned segment. */
    public interface Teller {

        /** Whether there was something to tell. */
        boolean tell(Segment segment, int entry);
    }

    /** Nothing of a log. */
    public Stretch(SourceLog log) {
        this.log = log;
    }

    /** Whether all was gone through. */
    public boolean isEmpty() {
        return from >= to;
    }

    /** Whether nothing is left of the log. */
    public boolean isOver() {
        return log.isEmpty();
    }

    /** What has come to the log meanwhile belongs to it too. */
    public void extend() {
        to = Math.max(to, log.head());
    }

    /** What is before this position was gone through. */
    public long position() {
        return from;
    }

    /** What is behind this position does not belong to it. */
    public long end() {
        return to;
    }

    /** Goes on from a position, though it has passed it. */
    public void back(long position) {
        from = isEmpty() ? position : Math.min(from, position);
    }

    /** Goes on with what is left until there was something to tell so often. */
    public void pass(List<Segment> segments, int most, Teller teller) {
        int left = most;
        for (Segment segment : segments) {
            if (segment.log() == log && left > 0 && segment.pin()) {
                try {
                    left -= pass(segment, left, teller);
                } finally {
                    segment.unpin();
                }
            }
        }
        from = left > 0 ? to : from;
    }

    private int pass(Segment segment, int most, Teller teller) {
        int count = segment.count();
        int some = 0;
        for (int entry = 0; entry < count && some < most && segment.position(entry) < to; entry++) {
            if (segment.position(entry) >= from) {
                from = segment.position(entry + 1);
                some += teller.tell(segment, entry) ? 1 : 0;
            }
        }
        return some;
    }
}
