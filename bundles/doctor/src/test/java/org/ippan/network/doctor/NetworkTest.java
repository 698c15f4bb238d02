// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** How the whole network fares. */
class NetworkTest {

    private final FakeNode node = new FakeNode();

    private String finds(long ok, long gone, boolean split) {
        node.sources.clear();
        node.sources.add(() -> Records.of(NetworkSnapshot.class, Map.of("nodes",
                Map.of(NodeState.OK, ok, NodeState.GONE, gone, NodeState.LEFT, 7L), "gone", "paris, rome",
                "sharingReason", "share is on.", "split", split)));
        return FakeNode.of("network", node.doctor().glance()).get(0);
    }

    @Test
    void shouldSayNothingWithoutASurvey() {
        assertEquals(List.of(), FakeNode.of("network", node.doctor().glance()));
    }

    @Test
    void shouldWarnOfNodesThatAreGoneAndNotOfThoseThatLeft() {
        assertTrue(finds(5, 0, false).contains("No node of 5 is gone. share is on."));
        String found = finds(8, 2, false);

        assertTrue(found.startsWith("WARN") && found.contains("2 of 10 nodes are gone: paris, rome."), found);
    }

    @Test
    void shouldFailWhereTheNetworkMayBeSplit() {
        String found = finds(5, 5, true);

        assertTrue(found.startsWith("FAIL") && found.contains("may be split: 5 of 10 nodes"), found);
    }
}
