// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.health;

import org.ippan.network.api.snapshot.Measure;

/**
 * What the health service tells about itself.
 *
 * @param peers peers probed
 * @param healthy peers that are healthy
 * @param degraded peers that are degraded
 * @param unhealthy peers that are unhealthy
 * @param checks probes counted
 * @param failures probes that failed
 * @param transitions times a verdict changed
 * @param evicted peers forgotten because the table was full
 * @param maxPeers most peers remembered
 */
public record HealthSnapshot(
        @Measure(value = "Peers that were probed.", unit = "peers") int peers,
        @Measure(value = "Peers that are healthy.", unit = "peers") int healthy,
        @Measure(value = "Peers that are degraded.", unit = "peers") int degraded,
        @Measure(value = "Peers that are unhealthy.", unit = "peers") int unhealthy,
        @Measure(value = "Probes counted.", unit = "probes", counter = true) long checks,
        @Measure(value = "Probes that failed.", unit = "probes", counter = true) long failures,
        @Measure(value = "Times a peer's health changed.", unit = "changes", counter = true) long transitions,
        @Measure(value = "Probed peers forgotten because the table was full.", unit = "peers", counter = true)
        long evicted,
        @Measure(value = "Most peers whose probes are remembered.", unit = "peers") int maxPeers) {
}
