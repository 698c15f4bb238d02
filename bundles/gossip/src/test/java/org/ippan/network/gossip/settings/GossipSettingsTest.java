// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.gossip.Signatures;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;

class GossipSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final List<GossipSettings> applied = new ArrayList<>();
    private final LiveSettings<GossipSettings> settings =
            new LiveSettings<>(GossipSettings.SCHEMA, GossipSettings::of, errors::add, errors::add);

    @Test
    void shouldDescribeEachKeyTheSameInMetatypeAndCode() {
        assertEquals(List.of(), Descriptions.disagreements(GossipConfig.class, GossipSettings.SCHEMA));
    }

    @Test
    void shouldDescribeEachValueOfTheSnapshot() {
        assertEquals(List.of(), Descriptions.undescribed(GossipSnapshot.class));
    }

    @Test
    void shouldDefaultToWhatTheDesignSays() {
        GossipSettings defaults = settings.current();

        assertEquals(new GossipSettings(RelayMode.TREE, 10, 1000, 3, 100, 16, 1 << 20, 240, 64, 60, 0, 1024, 0, 0, 5,
                1024, Overflow.BLOCK, 0, 1, new GossipSettings.Rates(200_000, 20_000, 20), 2000, 16,
                Signatures.OFF), defaults);
        assertEquals(64L << 20, defaults.cacheLimit(1L << 40));
        assertEquals(4L << 20, defaults.cacheLimit(64L << 20));
        assertEquals(16L << 20, defaults.validationLimit(1L << 40));
        assertEquals(1L << 20, defaults.validationLimit(64L << 20));
    }

    /** What Declarative Services delivers for keys that are not configured. */
    @Test
    void shouldTakeTheDefaultsAsTheComponentDeliversThem() {
        assertTrue(settings.update(Map.of("relayMode", "FLOOD", "listenerOverflow", "BLOCK", "signatures", "OFF"),
                applied::add));
        assertEquals(RelayMode.FLOOD, settings.current().relayMode());
    }

    /** Its default would take messages that nothing vouches for. */
    @Test
    void shouldNotServeWithSignaturesThatCannotBeRead() {
        settings.update(Map.of("signatures", "requre"), applied::add);

        assertTrue(settings.failedClosed());
        assertEquals(List.of("org.ippan.network.gossip: signatures = requre: must be one of off, sign, require. Not"
                + " serving until this is corrected"), errors);

        settings.update(Map.of("signatures", "require"), applied::add);

        assertFalse(settings.failedClosed());
        assertEquals(Signatures.REQUIRE, settings.current().signatures());
    }

    @Test
    void shouldKeepTheLastGoodValueOfEachKey() {
        settings.update(Map.of("relayMode", "direct"), applied::add);

        for (SettingDescription setting : GossipSettings.SCHEMA.settings()) {
            errors.clear();
            assertFalse(settings.update(Map.of(setting.key(), "garbage"), applied::add), setting.key());
            assertTrue(errors.get(0).contains(setting.key() + " = garbage"), errors.get(0));
            assertTrue(errors.get(0).startsWith(GossipConfig.PID));
            assertEquals(RelayMode.DIRECT, settings.current().relayMode());
        }
        assertEquals(1, applied.size());
    }

    @Test
    void shouldRefuseBoundsSmallerThanOneMessage() {
        settings.update(Map.of(), applied::add);

        assertFalse(settings.update(Map.of("cacheBytes", "1024"), applied::add));
        assertFalse(settings.update(Map.of("validationQueueBytes", "1024"), applied::add));
        assertTrue(settings.update(Map.of("cacheBytes", "2048", "maxMessageBytes", "1024"), applied::add));
    }
}
