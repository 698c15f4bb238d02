// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.discovery;

import java.util.Map;
import org.ippan.network.api.snapshot.Measure;

/**
 * One source of addresses.
 *
 * @param source its short name
 * @param enabled whether it searches
 * @param found addresses and records it has found and told the node
 * @param looks how often it looked
 * @param failures looks that failed, wholly or in part
 * @param failuresInARow how many of the last ones failed
 * @param lastError why the last one failed, or empty
 * @param nextLookSeconds time until it looks again
 * @param refused what it found and did not tell, by reason
 */
public record DiscoverySnapshot(
        @Measure("Short name of the source.") String source,
        @Measure("Whether it searches; false while its configuration names nothing to search.") boolean enabled,
        @Measure(value = "Addresses and records that it has found and told the node.", unit = "addresses") int found,
        @Measure(value = "Searches made.", unit = "searches", counter = true) long looks,
        @Measure(value = "Searches that failed, wholly or in part.", unit = "searches", counter = true) long failures,
        @Measure(value = "Searches that failed since the last one without a failure.", unit = "searches")
        int failuresInARow,
        @Measure("Why the last search failed; empty if it did not.") String lastError,
        @Measure(value = "Time until the next search.", unit = "seconds") double nextLookSeconds,
        @Measure(value = "Findings that were not told to the node, by reason.", unit = "findings", counter = true)
        Map<FindingRefusal, Long> refused) {
}
