// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.health;

import java.time.Duration;

/**
 * How connections are probed: the thresholds in force.
 *
 * @param checkInterval time between two probes of a peer
 * @param checkTimeout longest wait for the answer
 * @param leastTimeout least wait for the answer, however short the round trips are
 * @param failureThreshold failures in a row that make a peer unhealthy
 * @param stale time without a success that makes a peer unhealthy
 */
public record HealthPolicy(Duration checkInterval, Duration checkTimeout, Duration leastTimeout, int failureThreshold,
        Duration stale) {

    /** What is in force while there is no health service. */
    public static final HealthPolicy DEFAULT =
            new HealthPolicy(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(1), 3,
                    Duration.ofSeconds(300));
}
