// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.ippan.network.testkit.SimConnection;

/**
 * Whether nodes hang together by links among themselves. A link counts if both nodes have it as an end of the same
 * working connection: a link that ended unnoticed by one node, or by both while they stood still, carries nothing.
 */
final class Cohesion {

    private Cohesion() {
    }

    static boolean holds(List<SimNode> nodes) {
        Map<SimConnection, SimNode> ends = new HashMap<>();
        nodes.forEach(node -> node.peers.connections().forEach(end -> ends.put(end, node)));
        Set<SimNode> reached = new HashSet<>();
        Queue<SimNode> next = new ArrayDeque<>(nodes.subList(0, Math.min(1, nodes.size())));
        while (!next.isEmpty()) {
            SimNode node = next.remove();
            if (reached.add(node)) {
                node.peers.connections().stream().map(end -> ends.get(end.otherEnd())).filter(Objects::nonNull)
                        .forEach(next::add);
            }
        }
        return reached.size() == nodes.size();
    }
}
