// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import org.ippan.network.api.snapshot.Measure;

/**
 * What the reputation service tells about itself.
 *
 * @param peers peers with a score
 * @param maxPeers most peers kept
 * @param warned peers that are warned
 * @param banned peers that are banned, by hand included
 * @param bannedByHand peers banned by hand
 * @param successes successes recorded
 * @param failures failures recorded
 * @param invalids invalid deeds recorded
 * @param warnings times a peer became warned
 * @param bans times a peer became banned
 * @param pardons times a peer was let in again
 * @param evicted peers forgotten because the table was full
 * @param lastSaveError why scores could not be saved last; empty if they could
 */
public record ReputationSnapshot(
        @Measure(value = "Peers with a score.", unit = "peers") int peers,
        @Measure(value = "Most peers whose scores are kept.", unit = "peers") int maxPeers,
        @Measure(value = "Peers at or below the warning threshold.", unit = "peers") int warned,
        @Measure(value = "Peers banned now, by score or by hand.", unit = "peers") int banned,
        @Measure(value = "Peers banned by hand.", unit = "peers") int bannedByHand,
        @Measure(value = "Good deeds recorded.", unit = "records", counter = true) long successes,
        @Measure(value = "Failures recorded.", unit = "records", counter = true) long failures,
        @Measure(value = "Invalid deeds recorded.", unit = "records", counter = true) long invalids,
        @Measure(value = "Times a peer became warned.", unit = "peers", counter = true) long warnings,
        @Measure(value = "Times a peer became banned.", unit = "peers", counter = true) long bans,
        @Measure(value = "Times a banned peer was let in again.", unit = "peers", counter = true) long pardons,
        @Measure(value = "Peers forgotten because the table was full.", unit = "peers", counter = true) long evicted,
        @Measure("Why scores could not be saved last; empty if they could.") String lastSaveError) {
}
