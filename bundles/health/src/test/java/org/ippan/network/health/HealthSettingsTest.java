// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<HealthSettings> settings =
            new LiveSettings<>(HealthComponent.SCHEMA, HealthSettings::of, errors::add, errors::add);
    private final ManualScheduler clock = new ManualScheduler();
    private final Health monitor = new Health(settings.current(), clock, clock, event -> { });
    private final PeerId peer = Peers.alice();

    private boolean set(String key, Object value) {
        return settings.update(Map.of(key, value), monitor::apply);
    }

    @Test
    void shouldDescribeEveryKeyTheSameEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(HealthConfig.class, HealthComponent.SCHEMA));
    }

    @Test
    void shouldStartWithTheDefaultsOthersAssume() {
        assertEquals(HealthPolicy.DEFAULT, monitor.policy());
    }

    /** 96 bytes each, of 1/64 of the heap but 32 MiB. */
    @Test
    void shouldRememberFewerPeersWithLittleMemoryUnlessANumberIsConfigured() {
        long heap = 64 << 20;

        assertEquals(5461, HealthSettings.of(HealthComponent.SCHEMA.parse(Map.of()), heap).maxPeers());
        assertEquals(100_000, HealthSettings.of(HealthComponent.SCHEMA.parse(Map.of()), heap << 6).maxPeers());
        assertEquals(7000, HealthSettings.of(HealthComponent.SCHEMA.parse(Map.of("maxPeers", "7000")), heap)
                .maxPeers());
    }

    @Test
    void shouldChangeTheIntervalLive() {
        assertTrue(set("checkIntervalSeconds", "60"));

        assertEquals(Duration.ofSeconds(60), monitor.policy().checkInterval());
    }

    @Test
    void shouldChangeWhenAPeerIsDegradedLive() {
        settings.update(Map.of("failureThreshold", "6", "degradedThreshold", "5"), monitor::apply);
        for (int i = 0; i < 4; i++) {
            monitor.recordFailure(peer);
        }
        PeerHealth atFour = monitor.health(peer);
        monitor.recordFailure(peer);

        assertEquals(PeerHealth.HEALTHY, atFour);
        assertEquals(PeerHealth.DEGRADED, monitor.health(peer));
        assertFalse(set("degradedThreshold", "4"));
        assertTrue(errors.get(0).contains("degradedThreshold = 4: must be at most failureThreshold, which is 3"),
                errors.get(0));
    }

    @Test
    void shouldChangeTheTimeoutLive() {
        assertTrue(set("checkTimeoutSeconds", "10"));

        assertEquals(Duration.ofSeconds(10), monitor.policy().checkTimeout());
    }

    @Test
    void shouldChangeTheThresholdLiveAndKeepTheFailuresCounted() {
        monitor.recordFailure(peer);
        monitor.recordFailure(peer);
        assertEquals(PeerHealth.DEGRADED, monitor.health(peer));

        assertTrue(set("failureThreshold", "2"));

        assertEquals(PeerHealth.UNHEALTHY, monitor.health(peer));
        assertEquals(2, monitor.stats(peer).orElseThrow().totalChecks());
        assertEquals(2, monitor.policy().failureThreshold());
    }

    @Test
    void shouldChangeTheStaleTimeLiveAndKeepTheTimesKnown() {
        monitor.recordSuccess(peer);
        clock.advance(Duration.ofSeconds(100));
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));

        assertTrue(set("staleSeconds", "100"));

        assertEquals(PeerHealth.UNHEALTHY, monitor.health(peer));
        assertEquals(Duration.ofSeconds(100), monitor.policy().stale());
    }

    @ParameterizedTest
    @CsvSource({"checkIntervalSeconds, 0", "checkIntervalSeconds, 30s", "checkTimeoutSeconds, 61",
        "checkTimeoutSeconds, ''", "failureThreshold, 0", "failureThreshold, three", "staleSeconds, 1",
        "staleSeconds, 86401", "checkTimeoutSeconds, 31", "staleSeconds, 30"})
    void shouldKeepTheLastGoodSettingsWhenAValueIsBad(String key, String value) {
        settings.update(Map.of("failureThreshold", "4"), monitor::apply);
        monitor.recordFailure(peer);

        assertFalse(set(key, value));

        assertEquals(new HealthSettings(30, 5, 1_000, 4, 300, 0, HealthTest.MOST), settings.current());
        assertEquals(4, monitor.policy().failureThreshold());
        assertEquals(1, monitor.stats(peer).orElseThrow().totalChecks());
        assertTrue(errors.get(0).startsWith(HealthConfig.PID + ": " + key
                + (value.isEmpty() ? " is empty" : " = " + value)), errors.toString());
    }

    @Test
    void shouldNameTheOtherKeyOfARuleAcrossKeys() {
        settings.update(Map.of("checkIntervalSeconds", "2"), monitor::apply);

        assertTrue(errors.get(0).contains(
                "checkTimeoutSeconds = 5: must be at most checkIntervalSeconds, which is 2"), errors.toString());
        assertEquals(HealthPolicy.DEFAULT, monitor.policy());
    }
}
