// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each key, changed while ids are remembered. */
class DedupSettingsTest {

    private final Dedups node = new Dedups(1_000, 300);
    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<DedupSettings> settings =
            new LiveSettings<>(DedupSettings.SCHEMA, DedupSettingsTest::of, errors::add, errors::add);

    private static DedupSettings of(SettingValues values) {
        return DedupSettings.of(values, 1L << 30);
    }

    @Test
    void shouldFollowTheHeapUnlessACapacityIsConfigured() {
        SettingValues none = DedupSettings.SCHEMA.parse(Map.of());
        SettingValues some = DedupSettings.SCHEMA.parse(Map.of("capacity", "7000000"));

        assertEquals(1_000_000, DedupSettings.of(none, 1L << 30).capacity());
        assertEquals((64 - 32 << 20) / 8 / 48, DedupSettings.of(none, 64 << 20).capacity());
        assertEquals(1, DedupSettings.of(none, 1).capacity());
        assertEquals(7_000_000, DedupSettings.of(some, 64 << 20).capacity());
    }

    @Test
    void shouldDescribeEveryKeyAndNumberAlikeEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(DedupConfig.class, DedupSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(DedupSnapshot.class));
    }

    @Test
    void shouldKeepAllIdsWhenTheCapacityGrows() {
        node.markAll(0, 1_000);

        settings.update(Map.of("capacity", "5000"), node.dedup::apply);

        assertEquals(0, node.markAll(0, 1_000));
        assertEquals(4_000, node.markAll(1_000, 5_000));
        assertEquals(5_000, node.seenOf(0, 5_000));
    }

    @Test
    void shouldKeepTheNewestIdsWhenTheCapacityShrinks() {
        node.markAll(0, 1_000);

        settings.update(Map.of("capacity", "10"), node.dedup::apply);

        assertEquals(10, node.dedup.size());
        assertEquals(10, node.seenOf(990, 1_000));
        assertEquals(0, node.seenOf(0, 990));
        node.time.runDue();
        assertEquals(10, node.seenOf(0, 1_000));
    }

    @Test
    void shouldKeepAllIdsThatAreYoungEnoughWhenTheWindowShrinks() {
        node.markAll(0, 10);
        node.time.advance(Duration.ofSeconds(100));
        node.markAll(10, 20);

        settings.update(Map.of("windowSeconds", "50"), node.dedup::apply);

        assertEquals(0, node.seenOf(0, 10));
        assertEquals(10, node.seenOf(10, 20));
        node.time.advance(Duration.ofSeconds(49));
        assertEquals(10, node.seenOf(10, 20));
        node.time.advance(Duration.ofSeconds(8));
        assertEquals(0, node.seenOf(10, 20));
    }

    @Test
    void shouldKeepAllIdsForLongerWhenTheWindowGrows() {
        node.markAll(0, 10);
        node.time.advance(Duration.ofSeconds(299));

        settings.update(Map.of("windowSeconds", "600"), node.dedup::apply);
        node.time.advance(Duration.ofSeconds(300));

        assertEquals(10, node.seenOf(0, 10));
    }

    @ParameterizedTest
    @CsvSource({"capacity, -1", "capacity, 100000001", "capacity, 1e9", "capacity, many", "windowSeconds, 0",
            "windowSeconds, 86401", "windowSeconds, 5m"})
    void shouldStayAsItIsWhenAValueIsBad(String key, String value) {
        settings.update(Map.of("capacity", "2000", "windowSeconds", "100"), node.dedup::apply);
        node.markAll(0, 1_500);

        boolean good = settings.update(Map.of(key, value), node.dedup::apply);

        assertFalse(good);
        assertEquals(new DedupSettings(2_000, 100), settings.current());
        assertEquals(1_500, node.seenOf(0, 1_500));
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).contains(DedupConfig.PID) && errors.get(0).contains(key
                + (value.isEmpty() ? " is empty" : " = " + value)));
    }
}
