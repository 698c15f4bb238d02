// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.dedup.DedupSnapshot;

/**
 * Numbers read at one moment, of which the snapshot is made without keeping anybody waiting.
 *
 * @param size ids remembered
 * @param capacity most ids remembered
 * @param windowNanos how long an id is remembered at least
 * @param oldestNanos age of the oldest id
 * @param marked ids that were new
 * @param early ids forgotten before the window was over
 * @param earlyNow whether that happened just now
 * @param expired ids forgotten after it
 * @param bytes memory held
 */
record WindowReading(int size, int capacity, long windowNanos, long oldestNanos, long marked, long early,
        boolean earlyNow,
        long expired, long bytes) {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    DedupSnapshot snapshot(long hits) {
        long checks = marked + hits;
        long reached = isShort() ? Math.min(oldestNanos, windowNanos) : windowNanos;
        return new DedupSnapshot(size, capacity, TimeUnit.NANOSECONDS.toSeconds(windowNanos), reached / SECOND,
                checks, hits, checks == 0 ? 0 : (double) hits / checks, early, expired,
                oldestNanos / SECOND, bytes, advice());
    }

    /** Whether the capacity and not the window decides how long ids are remembered. */
    private boolean isShort() {
        return earlyNow && size >= capacity;
    }

    /** What to change, or empty. A burst shorter than a second counts as if it had taken one. */
    String advice() {
        if (!isShort()) {
            return "";
        }
        double rate = size / Math.max(1, oldestNanos / SECOND);
        long needed = Math.max(Math.round(rate * windowNanos / SECOND), capacity + 1L);
        return String.format(Locale.ROOT, "Ids are forgotten after %.1f s instead of %d s: capacity %d would be needed "
                + "(%.0f messages/s x %d s). Raise capacity%s or lower windowSeconds.",
                Math.min(oldestNanos, windowNanos) / SECOND, TimeUnit.NANOSECONDS.toSeconds(windowNanos), needed, rate,
                TimeUnit.NANOSECONDS.toSeconds(windowNanos),
                needed > DedupSettings.MAX_CAPACITY ? " as far as " + DedupSettings.MAX_CAPACITY : "");
    }
}
