// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.TimeUnit;

/** Counts ids forgotten before the window was over, and whether that goes on. Confined to one thread at a time. */
final class EarlyEviction {

    /** The last one is news for so long: a steady trickle is one warning, not many. */
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private long count;
    private long countAtTick;
    private long lastAt;
    private boolean told;

    void add(long ids) {
        count += ids;
    }

    long count() {
        return count;
    }

    boolean isRecent(long now) {
        return count != countAtTick || count > 0 && now - lastAt < RECENT_NANOS;
    }

    /** Whether early eviction has begun since the last tick. */
    boolean begins(long now) {
        boolean recent = isRecent(now);
        if (count != countAtTick) {
            countAtTick = count;
            lastAt = now;
        }
        boolean begins = recent && !told;
        told = recent;
        return begins;
    }
}
