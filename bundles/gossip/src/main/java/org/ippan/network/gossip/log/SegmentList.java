// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

/** The segments of all logs in the order in which they were begun. Guarded by the space that has it. */
final class SegmentList {

    private Segment oldest;
    private Segment newest;

    /** The one that was begun first; null if there is none. */
    Segment oldest() {
        return oldest;
    }

    /** One was begun. */
    void add(Segment segment) {
        segment.older = newest;
        if (newest == null) {
            oldest = segment;
        } else {
            newest.newer = segment;
        }
        newest = segment;
    }

    /** One goes. */
    void remove(Segment segment) {
        if (segment.older == null) {
            oldest = segment.newer;
        } else {
            segment.older.newer = segment.newer;
        }
        if (segment.newer == null) {
            newest = segment.older;
        } else {
            segment.newer.older = segment.older;
        }
        segment.older = null;
        segment.newer = null;
    }
}
