// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.TimeUnit;
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

    static final SettingsSchema SCHEMA = SettingsSchema.of(DedupConfig.PID, DedupConfig.class);

    DedupSettings {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity = " + capacity + ": must be from 1 to " + MAX_CAPACITY);
        }
        if (windowSeconds < 1) {
            throw new IllegalArgumentException("windowSeconds = " + windowSeconds + ": must be 1 or more");
        }
    }

    static DedupSettings of(SettingValues values) {
        return new DedupSettings(values.getInt("capacity"), values.getInt("windowSeconds"));
    }

    long windowNanos() {
        return TimeUnit.SECONDS.toNanos(windowSeconds);
    }
}
