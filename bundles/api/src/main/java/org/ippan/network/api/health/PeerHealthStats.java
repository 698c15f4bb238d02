// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.health;

import java.time.Duration;
import java.util.Optional;
import org.ippan.network.api.PeerId;

/**
 * What the probes of a peer found.
 *
 * @param peer who
 * @param health the verdict; the same as {@link HealthMonitor#health} gives
 * @param consecutiveFailures failures since the last success
 * @param successRate successes by checks, 0 to 1
 * @param totalChecks probes counted
 * @param sinceLastSuccess time since the last success; empty if there was none
 * @param sinceLastCheck time since the last probe
 * @param roundTrip smoothed round trip; zero while unknown
 */
public record PeerHealthStats(PeerId peer, PeerHealth health, int consecutiveFailures, double successRate,
        long totalChecks, Optional<Duration> sinceLastSuccess, Duration sinceLastCheck, Duration roundTrip) {
}
