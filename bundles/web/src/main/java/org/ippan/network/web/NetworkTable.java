// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.survey.NetworkChanges;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;

/**
 * The network as {@code /api/v1/network} tells it: the names of columns once, then a list of values for each node that
 * changed, so that a thousand nodes fit into an answer.
 *
 * @param revision what to ask with as {@code since} the next time
 * @param whole whether these are all nodes
 * @param now this moment, in the seconds of {@code since}, {@code heard} and {@code started}
 * @param columns what the values of a row are called
 * @param numbers what the values of the column {@code numbers} are called
 * @param links what the values of each link are called
 * @param rows a row for each node that changed
 * @param removed keys of nodes that left the view
 */
record NetworkTable(long revision, boolean whole, long now, List<String> columns, List<String> numbers,
        List<String> links, List<List<Object>> rows, List<Integer> removed) {

    private static final List<String> COLUMNS = List.of("key", "id", "name", "own", "state", "why", "since", "heard",
            "started", "version", "findings", "numbers", "links", "topics");
    private static final List<String> LINK = List.of("to", "roundTripMillis", "flags");
    private static final List<String> NUMBERS = List.copyOf(Json.values(NodeNumbers.NONE).keySet());
    private static final int FULL = 1;
    private static final int DIALLED = 2;
    private static final int EAGER = 4;
    private static final int CONGESTED = 8;

    static NetworkTable of(NetworkChanges changes) {
        return new NetworkTable(changes.revision(), changes.whole(), changes.nowSeconds(), COLUMNS,
                NUMBERS, LINK, changes.nodes().stream().map(NetworkTable::row).toList(), changes.removed());
    }

    private static List<Object> row(NetworkNode node) {
        List<Object> row = new ArrayList<>(List.of(node.key(), node.id(), node.name(), node.own(), node.state(),
                node.why(), node.sinceSeconds(), node.heardSeconds()));
        row.addAll(List.of(node.startedSeconds(), node.version()));
        row.add(node.findings().stream().map(NetworkTable::finding).toList());
        row.add(List.copyOf(Json.values(node.numbers()).values()));
        row.add(node.links().stream().map(NetworkTable::link).toList());
        row.add(node.topics().stream().map(NetworkTable::topic).toList());
        return row;
    }

    private static List<Object> finding(Finding finding) {
        return List.of(finding.check(), finding.severity(), finding.text());
    }

    private static List<Object> link(NodeLink link) {
        return List.of(link.to(), link.roundTripMillis(), (link.full() ? FULL : 0) | (link.dialled() ? DIALLED : 0)
                | (link.eager() ? EAGER : 0) | (link.congested() ? CONGESTED : 0));
    }

    private static List<Object> topic(NodeTopic topic) {
        return List.of(topic.name(), topic.perSecond(), topic.listeners());
    }
}
