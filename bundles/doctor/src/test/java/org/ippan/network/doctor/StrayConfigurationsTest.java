// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configurations that are stored, and that no bundle takes. */
class StrayConfigurationsTest {

    private final FakeNode node = new FakeNode();

    /** As a file with a slip in its name. */
    @Test
    void shouldFindConfigurationsThatNoBundleTakes() {
        for (String pid : List.of("reputaton", "Gossip", "peers.peeer~paris", "peers~rome", "dedup~x",
                "peers.peer~oslo", "web", "peers.peer.4711", "example")) {
            node.stored.put("org.ippan.network." + pid, Map.of("banThreshold", "-300"));
        }

        List<String> told = FakeNode.of("configuration", node.doctor().glance()).stream().sorted().toList();

        String nothing = ": no bundle has a configuration of this name. Did you mean org.ippan.network.";
        assertEquals(List.of("WARN org.ippan.network.Gossip" + nothing + "gossip?",
                "WARN org.ippan.network.dedup~x" + nothing + "dedup?",
                "WARN org.ippan.network.peers.peeer~paris" + nothing + "peers.peer~paris?",
                "WARN org.ippan.network.peers~rome" + nothing + "peers.peer~rome?",
                "WARN org.ippan.network.reputaton" + nothing + "reputation?"), told);
    }

    /** The page of settings has each of them. */
    private static List<String> pids() throws IOException {
        return Files.readAllLines(Path.of("..", "..", "docs", "configuration.md")).stream()
                .filter(line -> line.startsWith("## org.ippan.network.")).map(line -> line.substring(3).strip())
                .toList();
    }

    @Test
    void shouldKnowAllConfigurationsThereAre() throws IOException {
        pids().forEach(pid -> node.stored.put(pid, Map.of()));

        assertTrue(pids().size() > 15, pids().toString());
        assertEquals(List.of("OK No configuration was refused."),
                FakeNode.of("configuration", node.doctor().glance()));
    }

    /** One that is not known is like none of the others, and would be missed without a word. */
    @Test
    void shouldMeanEachConfigurationThereIs() throws IOException {
        for (String pid : pids()) {
            node.stored.clear();
            node.stored.put(pid + "x", Map.of());

            assertEquals(List.of("WARN " + pid + "x: no bundle has a configuration of this name. Did you mean " + pid
                    + "?"), FakeNode.of("configuration", node.doctor().glance()));
        }
    }
}
