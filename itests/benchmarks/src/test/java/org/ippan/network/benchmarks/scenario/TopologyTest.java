// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopologyTest {

    private static final int NODES = 20;

    @Test
    void shouldLinkAsItsNameSays() {
        assertEquals(List.of(4, 4, 4, 4, 4), links(Topology.MESH, 5));
        assertEquals(List.of(1, 2, 2, 2, 1), links(Topology.CHAIN, 5));
        assertEquals(List.of(2, 2, 2, 2, 2, 2), links(Topology.RING, 6));
        assertEquals(8 * NODES, links(Topology.RANDOM, NODES).stream().mapToInt(Integer::intValue).sum());
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldDialOnlyEarlierNodesAndReachAll(Topology topology) {
        Set<Integer> reached = new HashSet<>(Set.of(0));
        // Each pass reaches at least one more, or all that can be reached are.
        for (int pass = 0; pass < NODES; pass++) {
            for (int i = 1; i < NODES; i++) {
                for (int other : topology.dialled(i, NODES)) {
                    assertTrue(other < i);
                    if (reached.contains(i) || reached.contains(other)) {
                        reached.addAll(List.of(i, other));
                    }
                }
            }
        }

        assertEquals(NODES, reached.size());
    }

    private static List<Integer> links(Topology topology, int nodes) {
        return IntStream.range(0, nodes).map(i -> topology.links(i, nodes)).boxed().toList();
    }
}
