// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.util.ArrayDeque;
import java.util.Iterator;

/** Memory of segments that went, for those that come: a few of them, the last first. For one thread at a time. */
final class FreeArrays {

    private static final int MOST = 16;
    /** By such a part memory for a long body may be longer than it: bodies of one topic are often about the same. */
    private static final int LONGER = 8;

    private final ArrayDeque<SegmentArrays> free = new ArrayDeque<>();
    private long bytes;

    /** Memory for so many bytes, made if none is free; for one entry only if it is to stand alone. */
    SegmentArrays take(int length, boolean alone) {
        for (Iterator<SegmentArrays> each = free.iterator(); each.hasNext();) {
            SegmentArrays arrays = each.next();
            int more = arrays.data.length - length;
            if (arrays.isAlone() == alone && more >= 0 && more <= length / LONGER) {
                each.remove();
                bytes -= arrays.size();
                return arrays;
            }
        }
        return alone ? SegmentArrays.alone(length) : new SegmentArrays(length);
    }

    /** Keeps what no reader has any more; the oldest go for it where that would be more than so many bytes. */
    void keep(SegmentArrays arrays, long most) {
        free.push(arrays);
        bytes += arrays.size();
        while (free.size() > MOST || bytes > most) {
            bytes -= free.removeLast().size();
        }
    }
}
