// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.doctor.look.Services;
import org.junit.jupiter.api.Test;

/** Which setting is in force, where it comes from, and what was refused. */
class SettingsTest {

    private final FakeNode node = new FakeNode();

    private List<String> settings(String filter) {
        return node.doctor().settings(filter).stream().map(SettingsTest::line).toList();
    }

    private static String line(EffectiveSetting setting) {
        return setting.pid().substring(Services.PREFIX.length()) + " " + setting.description().key() + " = "
                + setting.value() + " (" + setting.source() + ")" + setting.refused();
    }

    @Test
    void shouldShowAllByPidAndTheKeysInTheirOrder() {
        assertEquals(List.of("dedup capacity = 1000000 (default)", "dedup windowSeconds = 300 (default)",
                "gossip maxAgeSeconds = 240 (default)", "gossip minPeers = 1 (default)",
                "peers mode = 0 (default)", "peers networkKey =  (default)",
                "reputation decayIntervalSeconds = 600 (default)", "reputation decayPoints = 10 (default)",
                "reputation warnThreshold = -100 (default)"), settings("").stream().sorted().toList());
        assertEquals(List.of("gossip", "gossip"), settings(" MaxAge ").isEmpty() ? List.of()
                : settings("network.GOSSIP").stream().map(line -> line.split(" ")[0]).toList());
    }

    @Test
    void shouldSayWhetherAValueComesFromAFileOrFromConfigAdmin() {
        node.configure("dedup", Map.of("capacity", "5000", "felix.fileinstall.filename",
                "file:/opt/karaf/etc/org.ippan.network.dedup.cfg"));
        node.configure("gossip", Map.of("minPeers", "1"));

        assertEquals(List.of("dedup capacity = 5000 (/opt/karaf/etc/org.ippan.network.dedup.cfg)",
                "dedup windowSeconds = 300 (default)"), settings("dedup").stream().sorted().toList());
        assertEquals(List.of("gossip minPeers = 1 (Config Admin)"), settings("minpeers"));
    }

    @Test
    void shouldShowARefusedValueBesideTheOneInForce() {
        node.configure("dedup", Map.of("capacity", "5000"));
        node.configure("dedup", Map.of("capacity", "abc", "windowSeconds", "60"));

        assertEquals(List.of("dedup capacity = 5000 (Config Admin)capacity = abc: must be a whole number from 1 to"
                + " 100000000",
                "dedup windowSeconds = 300 (default)windowSeconds = 60: not taken over, because of"
                + " org.ippan.network.dedup: capacity = abc: must be a whole number from 1 to 100000000"),
                settings("dedup").stream().sorted().toList());
    }

    @Test
    void shouldNeverShowASecret() {
        node.configure("peers", Map.of("networkKey", "correct horse", "mode", "x"));
        node.configure("peers", Map.of("networkKey", "battery staple", "mode", "x"));

        assertEquals(List.of(), settings("").stream()
                .filter(line -> line.contains("horse") || line.contains("staple")).toList());
    }
}
