// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeTrace;
import org.ippan.network.api.survey.NodeTrace.Fate;

/**
 * The tree that a message took, by what nodes say who brought it. Nodes may lie: one that names itself or its own
 * followers begins a tree of its own, and what is told of another node shows it as one that did not answer.
 */
final class Way {

    private static final Told NOTHING = new Told(Fate.SILENT, false, 0, 0, 0, 0, 0, List.of());
    /** Longer than any message is kept: what a node may state at most. */
    private static final long MAX_AGE_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Map<Long, Told> nodes;
    private final Map<String, NetworkNode> known;
    private final long own;
    private final Map<Long, List<Long>> followers = new HashMap<>();
    private final Set<Long> slowest = new HashSet<>();
    private final Set<Long> placed = new HashSet<>();
    private final List<NodeTrace> rows = new ArrayList<>();

    private Way(Map<Long, Told> told, List<NetworkNode> view, long own) {
        this.nodes = new LinkedHashMap<>(told);
        this.known = view.stream().collect(Collectors.toMap(NetworkNode::id, each -> each, (a, b) -> a));
        this.own = own;
        told.values().stream().filter(each -> each.from() != 0)
                .forEach(each -> nodes.putIfAbsent(each.from(), NOTHING));
        nodes.forEach((id, each) -> followers.computeIfAbsent(each.from(), any -> new ArrayList<>()).add(id));
        followers.values().forEach(each -> each.sort(earliest()));
    }

    /**
     * The tree.
     *
     * @param told what nodes told, by the first 8 bytes of their ids
     * @param view all nodes, for their names and links
     * @param own first 8 bytes of the id of this node
     * @return each node followed by those that have the message from it
     */
    static List<NodeTrace> of(Map<Long, Told> told, List<NetworkNode> view, long own) {
        Way way = new Way(told, view, own);
        way.markSlowest();
        way.nodes.keySet().stream().filter(id -> way.nodes.get(id).from() == 0).sorted(way.earliest())
                .forEach(way::place);
        // What is left goes round in circles.
        way.nodes.keySet().stream().sorted(way.earliest()).forEach(way::place);
        return List.copyOf(way.rows);
    }

    private Comparator<Long> earliest() {
        return Comparator.comparing((Long id) -> age(nodes.get(id))).thenComparing(Comparator.naturalOrder());
    }

    private static long age(Told told) {
        return Math.min(MAX_AGE_MILLIS, told.ageMillis());
    }

    private void markSlowest() {
        nodes.keySet().stream().filter(id -> nodes.get(id).fate().isInCache() && nodes.get(id).from() != 0)
                .max(earliest()).ifPresent(last -> {
                    for (long id = last; id != 0 && slowest.add(id); id = nodes.get(id).from()) {
                        continue;
                    }
                });
    }

    private record Step(long id, int depth) {
    }

    /** By a list of its own: a chain may be as long as there are nodes. */
    private void place(long root) {
        List<Step> open = new ArrayList<>(List.of(new Step(root, 0)));
        while (!open.isEmpty()) {
            Step step = open.remove(open.size() - 1);
            if (placed.add(step.id)) {
                rows.add(row(step));
                List<Long> next = followers.getOrDefault(step.id, List.of());
                for (int i = next.size() - 1; i >= 0; i--) {
                    open.add(new Step(next.get(i), step.depth + 1));
                }
            }
        }
    }

    private NodeTrace row(Step step) {
        Told told = nodes.get(step.id);
        String id = hex(step.id);
        String from = told.from() == 0 ? "" : hex(told.from());
        NetworkNode node = known.get(id);
        boolean full = node != null && node.links().stream().anyMatch(link -> link.full() && link.id().equals(from));
        return new NodeTrace(id, node == null ? id.substring(0, Integer.BYTES * 2) : node.name(), step.id == own,
                told.fate(), from, full, step.depth, slowest.contains(step.id), told.hops(),
                Duration.ofMillis(age(told)), told.copies(), told.asked(), told.listening(), told.listeners());
    }

    private static String hex(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
