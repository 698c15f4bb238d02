// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.chaos;

import org.ippan.network.api.snapshot.Measure;

/**
 * Faults that this node makes on purpose.
 *
 * @param active whether it makes any now
 * @param remainingSeconds until it makes none any more
 * @param faults which it makes, in words; empty if none
 * @param seed of the random choices, so that they can be repeated
 * @param droppedOutbound messages lost on their way out
 * @param droppedInbound messages lost on their way in
 * @param delayedInbound messages that were held back
 * @param runs how often it began
 */
public record ChaosSnapshot(
        @Measure("Whether faults are made on purpose now.") boolean active,
        @Measure(value = "Time until the faults end by themselves; 0 while there are none.", unit = "seconds")
        double remainingSeconds,
        @Measure("Faults that are made now, in words; empty if there are none.") String faults,
        @Measure("Seed of the random choices; configured as seed, it makes the same choices again.") long seed,
        @Measure(value = "Messages to peers that were lost on purpose.", unit = "messages", counter = true)
        long droppedOutbound,
        @Measure(value = "Messages from peers that were lost on purpose.", unit = "messages", counter = true)
        long droppedInbound,
        @Measure(value = "Messages from peers that were held back on purpose.", unit = "messages", counter = true)
        long delayedInbound,
        @Measure(value = "How often faults began.", unit = "times", counter = true) long runs) {
}
