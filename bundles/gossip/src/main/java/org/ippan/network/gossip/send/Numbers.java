// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.wire.MessageCodec;

/** Reads in pinned segments what publishers numbered. */
public final class Numbers {

    private Numbers() {
    }

    /** How many links an entry will have passed when it is sent on; 1 from its publisher. */
    static int hops(Segment segment, int entry) {
        return MessageCodec.hops(segment.data(), segment.offset(entry) + FrameType.HEADER_LENGTH);
    }

    /** Whether an entry came from its publisher, and not because it was asked for. */
    static boolean isDirect(Segment segment, int entry) {
        return hops(segment, entry) == 1 && (segment.flags(entry) & Segment.ASKED) == 0;
    }

    /** The first entry of a segment with a number beyond this one, or its count. */
    static int first(Segment segment, long number) {
        int count = segment.count();
        for (int entry = 0; entry < count; entry++) {
            if (isDirect(segment, entry) && at(segment, entry) - number > 0) {
                return entry;
            }
        }
        return count;
    }

    /** The last number that a cursor has passed, or -1 if that is not known. Under the lock of its link. */
    public static long passed(Cursor cursor) {
        Cursor.Mark mark = cursor.mark();
        if (!mark.segment().pin()) {
            return -1;
        }
        try {
            return before(mark.segment(), mark.at());
        } finally {
            mark.segment().unpin();
        }
    }

    /** The last number before an entry of a segment, or else before the next that came from its publisher, or -1. */
    private static long before(Segment segment, int entry) {
        int count = segment.count();
        for (int each = entry - 1; each >= 0; each--) {
            if (isDirect(segment, each)) {
                return at(segment, each);
            }
        }
        for (int each = entry; each < count; each++) {
            if (isDirect(segment, each)) {
                return at(segment, each) - 1;
            }
        }
        return -1;
    }

    /** The number of an entry that came from its publisher. */
    public static long at(Segment segment, int entry) {
        return MessageCodec.number(segment.data(), segment.offset(entry) + FrameType.HEADER_LENGTH);
    }
}
