// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Cases that every release keeps: health transitions, statistics, unhealthy detection. */
class HealthCasesTest {

    private final ManualScheduler clock = new ManualScheduler();
    private final HealthMonitor monitor = new Health(new HealthSettings(30, 5, 1_000, 3, 300, 0, HealthTest.MOST),
            clock, clock, event -> { });
    private final PeerId peer = Peers.alice();

    @Test
    void shouldTrackHealthTransitions() {
        monitor.recordSuccess(peer);
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));

        monitor.recordFailure(peer);
        monitor.recordFailure(peer);
        assertEquals(PeerHealth.DEGRADED, monitor.health(peer));

        monitor.recordFailure(peer);
        assertEquals(PeerHealth.UNHEALTHY, monitor.health(peer));

        monitor.recordSuccess(peer);
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));
    }

    @Test
    void shouldTellHealthStatistics() {
        monitor.recordSuccess(peer);
        monitor.recordSuccess(peer);
        monitor.recordFailure(peer);

        PeerHealthStats stats = monitor.stats(peer).orElseThrow();
        assertEquals(3, stats.totalChecks());
        assertEquals(2.0 / 3, stats.successRate(), 1e-9);
        assertEquals(1, stats.consecutiveFailures());
    }

    @Test
    void shouldDetectUnhealthyPeers() {
        monitor.recordSuccess(peer);
        for (int i = 0; i < 3; i++) {
            monitor.recordFailure(Peers.bob());
        }

        assertEquals(List.of(Peers.bob()), monitor.unhealthyPeers());
    }
}
