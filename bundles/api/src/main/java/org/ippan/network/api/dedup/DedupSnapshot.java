// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.dedup;

import org.ippan.network.api.snapshot.Measure;

/**
 * What the deduplicator tells about itself.
 *
 * @param size ids remembered
 * @param capacity most ids remembered
 * @param windowSeconds how long an id is to be remembered
 * @param reachedWindowSeconds how long ids are really remembered: the window, or less while ids come too fast for
 *        the capacity
 * @param checks calls of {@code checkAndMark}
 * @param hits calls that found the id
 * @param hitRatio hits by checks
 * @param evictedEarly ids forgotten before the window was over
 * @param expired ids forgotten after it
 * @param oldestAgeSeconds age of the oldest id remembered
 * @param bytesUsed memory held
 * @param advice what to change while ids are forgotten early, or empty
 */
public record DedupSnapshot(
        @Measure(value = "Message ids remembered now.", unit = "ids") int size,
        @Measure(value = "Most message ids that are remembered.", unit = "ids") int capacity,
        @Measure(value = "How long a message id is to be remembered.", unit = "seconds") long windowSeconds,
        @Measure(value = "How long ids are really remembered at the current rate.", unit = "seconds")
        double reachedWindowSeconds,
        @Measure(value = "Messages checked.", unit = "messages", counter = true) long checks,
        @Measure(value = "Messages found to be duplicates.", unit = "messages", counter = true) long hits,
        @Measure(value = "Share of checked messages that were duplicates.", unit = "ratio") double hitRatio,
        @Measure(value = "Ids forgotten before the window was over.", unit = "ids", counter = true) long evictedEarly,
        @Measure(value = "Ids forgotten after the window was over.", unit = "ids", counter = true) long expired,
        @Measure(value = "Age of the oldest id remembered.", unit = "seconds") double oldestAgeSeconds,
        @Measure(value = "Memory held by the deduplicator.", unit = "bytes") long bytesUsed,
        @Measure("What to change while ids are forgotten early; empty while all is well.") String advice) {
}
