// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * What the deduplicator may rely on.
 *
 * @param capacity most ids remembered, 1 to {@link #MAX_CAPACITY}
 * @param windowSeconds how long an id is remembered at least, 1 or more
 */
record DedupSettings(int capacity, int windowSeconds) {

    /** The ring's positions and the index are laid out for this many. */
    static final int MAX_CAPACITY = 100_000_000;

    /** Most ids remembered where the capacity follows the heap, of which they may take a part. */
    private static final int DEFAULT_CAPACITY = 1_000_000;
    private static final int BYTES_AN_ID = 48;

    static final SettingsSchema SCHEMA = SettingsSchema.of(DedupConfig.PID, DedupConfig.class);

    DedupSettings {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity = " + capacity + ": must be from 1 to " + MAX_CAPACITY);
        }
        if (windowSeconds < 1) {
            throw new IllegalArgumentException("windowSeconds = " + windowSeconds + ": must be 1 or more");
        }
    }

    static DedupSettings of(SettingValues values, long heapBytes) {
        int configured = values.getInt("capacity");
        long held = Math.max(1, HeapShare.IDS.of(heapBytes) / BYTES_AN_ID);
        return new DedupSettings(configured > 0 ? configured : (int) Math.min(DEFAULT_CAPACITY, held),
                values.getInt("windowSeconds"));
    }

    long windowNanos() {
        return TimeUnit.SECONDS.toNanos(windowSeconds);
    }
}
