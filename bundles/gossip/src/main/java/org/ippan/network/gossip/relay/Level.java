// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.concurrent.atomic.AtomicLongArray;
import org.ippan.network.api.Priority;

/**
 * How far a publisher's own messages came over its link, by priority: with numbers that leave no gap. Written by the
 * link's I/O thread, read by any.
 */
public final class Level {

    private static final int PRIORITIES = Priority.values().length;
    /** Nothing came yet. */
    static final long NONE = -1;

    private final AtomicLongArray before = new AtomicLongArray(PRIORITIES);
    private final AtomicLongArray last = new AtomicLongArray(PRIORITIES);
    private volatile int gaps;

    Level() {
        for (int i = 0; i < PRIORITIES; i++) {
            before.set(i, NONE);
            last.set(i, NONE);
        }
    }

    /** A message came from its publisher, unasked for. The thread that reads the link. */
    public void came(Priority priority, long number) {
        int at = priority.ordinal();
        long known = last.get(at);
        if (known == NONE) {
            before.set(at, number - 1);
        } else if (number != known + 1) {
            gaps++;
        }
        last.lazySet(at, number);
    }

    /** The last number that came; what the publisher said that the link begins with if none did. */
    long last(int priority, long begin) {
        long known = last.get(priority);
        return known == NONE ? begin : known;
    }

    /** Whether what came follows what the publisher said that the link begins with. */
    boolean follows(int priority, long begin) {
        long first = before.get(priority);
        return first == NONE || first == begin;
    }

    /** How many gaps there were. */
    int gaps() {
        return gaps;
    }
}
