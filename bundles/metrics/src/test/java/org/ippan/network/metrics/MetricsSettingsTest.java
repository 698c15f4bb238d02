// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<MetricsSettings> settings =
            new LiveSettings<>(MetricsComponent.SCHEMA, MetricsSettings::of, errors::add, errors::add);
    private final ManualScheduler clock = new ManualScheduler();
    private final Metrics metrics = new Metrics(settings.current(), clock, clock);

    private boolean set(String key, Object value) {
        return settings.update(Map.of(key, value), metrics::apply);
    }

    private void record(long millis) {
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void shouldDescribeEveryKeyTheSameEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(MetricsConfig.class, MetricsComponent.SCHEMA));
    }

    @Test
    void shouldStartWithTheDefaults() {
        assertEquals(new MetricsSettings(0.1, TimeUnit.SECONDS.toNanos(60)), settings.current());
    }

    @Test
    void shouldHaveRoomForTheLongestDurationThatMayBeSet() {
        assertTrue(set("highestLatencySeconds", "3600"));

        record(TimeUnit.HOURS.toMillis(2));

        assertEquals(Distribution.LIMIT_NANOS, settings.current().highestLatencyNanos());
        assertEquals(3_600_000, metrics.snapshot().latency().p50Millis(), 3_600);
    }

    @Test
    void shouldChangeTheWeightLiveAndKeepTheAverage() {
        record(100);

        assertTrue(set("emaAlpha", "0.5"));
        record(200);

        assertEquals(150, metrics.snapshot().latency().emaMillis(), 1e-9);
        assertEquals(2, metrics.snapshot().latency().samples());
    }

    @Test
    void shouldChangeTheBoundLiveAndKeepWhatWasCounted() {
        record(50_000);

        assertTrue(set("highestLatencySeconds", "10"));
        record(50_000);
        record(50_000);

        HistogramSnapshot latency = metrics.snapshot().latency();
        assertEquals(3, latency.samples());
        assertEquals(10_000, latency.p50Millis(), 10);
        assertEquals(50_000, latency.p999Millis(), 50);
    }

    @ParameterizedTest
    @CsvSource({"emaAlpha, 0", "emaAlpha, 1.1", "emaAlpha, NaN", "emaAlpha, '0,1'", "highestLatencySeconds, 0",
        "highestLatencySeconds, 3601", "highestLatencySeconds, 1m", "highestLatencySeconds, 1.5"})
    void shouldKeepTheLastGoodSettingsWhenAValueIsBad(String key, String value) {
        settings.update(Map.of("emaAlpha", "0.5", "highestLatencySeconds", "10"), metrics::apply);
        record(50_000);

        assertFalse(set(key, value));

        record(50_000);
        assertEquals(new MetricsSettings(0.5, TimeUnit.SECONDS.toNanos(10)), settings.current());
        assertEquals(2, metrics.snapshot().latency().samples());
        assertTrue(errors.get(0).startsWith(MetricsConfig.PID + ": " + key
                + (value.isEmpty() ? " is empty" : " = " + value)), errors.toString());
    }
}
