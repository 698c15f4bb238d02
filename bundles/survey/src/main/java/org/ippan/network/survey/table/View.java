// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.api.survey.NetworkChanges;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeState;

/**
 * All nodes at one moment. Immutable.
 *
 * @param revision of the newest change in it
 * @param nowSeconds the moment
 * @param rows all nodes with the revision of their last change, what needs a look first
 * @param removed keys that left the view, with the revision of that, oldest first
 * @param knownSince the revision from which on {@code removed} is complete
 * @param split whether the network may be split
 */
public record View(long revision, long nowSeconds, List<Changed> rows, List<Removed> removed, long knownSince,
        boolean split) {

    private static final int NAMED = 5;

    /** A node, and when it changed. */
    public record Changed(NetworkNode node, long revision) {
    }

    /** A key that is no longer used. */
    public record Removed(int key, long revision) {
    }

    /** Nothing is known yet. */
    public static View empty(long revision) {
        return new View(revision, 0, List.of(), List.of(), revision, false);
    }

    /** The nodes. */
    public List<NetworkNode> nodes() {
        return rows.stream().map(Changed::node).toList();
    }

    /** What changed since a revision, or all if that is not known. */
    public NetworkChanges changes(long since) {
        if (since < knownSince || since > revision) {
            return new NetworkChanges(revision, true, nowSeconds, nodes(), List.of());
        }
        return new NetworkChanges(revision, false, nowSeconds,
                rows.stream().filter(row -> row.revision > since).map(Changed::node).toList(),
                removed.stream().filter(each -> each.revision > since).map(Removed::key).toList());
    }

    /** How many nodes are in each state. */
    public Map<NodeState, Long> counts() {
        Map<NodeState, Long> counts = new EnumMap<>(NodeState.class);
        for (NodeState state : NodeState.values()) {
            counts.put(state, 0L);
        }
        rows.forEach(row -> counts.merge(row.node.state(), 1L, Long::sum));
        return counts;
    }

    /** Nodes that take part: those that tell, this one included. */
    public int telling() {
        return (int) rows.stream().map(row -> row.node.state()).filter(state -> state == NodeState.OK
                || state == NodeState.WARN || state == NodeState.FAIL || state == NodeState.STALE).count();
    }

    /** Which nodes are gone, for a sentence. */
    public String gone() {
        List<String> names = new ArrayList<>(rows.stream().map(Changed::node)
                .filter(node -> node.state() == NodeState.GONE).map(NetworkNode::name).toList());
        int more = names.size() - NAMED;
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
