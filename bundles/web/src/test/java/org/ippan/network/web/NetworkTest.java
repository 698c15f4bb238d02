// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NetworkChanges;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network as programs and Prometheus read it. */
class NetworkTest {

    private static final int LARGEST_ANSWER = 350 * 1024;

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    private final List<Long> asked = new ArrayList<>();

    private static NetworkNode node(int key, int size) {
        return new NetworkNode(key, String.format("%016x", key * 0x9E37_79B9L), "node-" + key, key == 1, NodeState.OK,
                "", 99_000, 100_000 + key, 50_000, "1.0.0", List.of(), new NodeNumbers(900, 85, 900, 12, 123_456,
                        234_567, 0, 12, 0, 40, 0, 120, 35), IntStream.rangeClosed(1, 16).mapToObj(i ->
                                new NodeLink((key + i) % size + 1, "0123456789abcdef", 12, true, true, i < 3, false))
                        .toList(), List.of());
    }

    private void bind(NetworkSnapshot snapshot, NetworkChanges changes) {
        served.tells("Network", new NetworkView() {
            @Override
            public List<NetworkNode> nodes() {
                return changes.nodes();
            }

            @Override
            public NetworkChanges changes(long since) {
                asked.add(since);
                return changes;
            }

            @Override
            public NetworkSnapshot snapshot() {
                return snapshot;
            }
        });
    }

    @Test
    void shouldTellColumnsOnceAndARowForEachNodeThatChanged() throws IOException {
        bind(Records.of(NetworkSnapshot.class, Map.of()),
                new NetworkChanges(17, false, 200, List.of(node(1, 5)), List.of(9)));

        String answer = served.get("/api/v1/network?since=16");

        assertStatus(200, answer);
        assertEquals(List.of(16L), asked);
        assertTrue(answer.contains("{\"revision\":17,\"whole\":false,\"now\":200,\"columns\":[\"key\",\"id\","
                + "\"name\",\"own\",\"state\",\"why\",\"since\",\"heard\",\"started\",\"version\",\"findings\","
                + "\"numbers\",\"links\",\"topics\"]"), answer);
        assertTrue(answer.contains("\"rows\":[[1,\"000000009e3779b9\",\"node-1\",true,\"ok\",\"\",99000,100001,50000,"
                + "\"1.0.0\",[],[900,85,900,12,123456,234567,0,12,0,40,0,120,35],[[3,12,7],[4,12,7],[5,12,3]"), answer);
        assertTrue(answer.contains("\"removed\":[9]}"), answer);
        assertStatus(400, served.get("/api/v1/network?since=x"));
    }

    @Test
    void shouldSayWhichBundleIsAbsent() throws IOException {
        String answer = served.get("/api/v1/network");

        assertStatus(503, answer);
        assertTrue(answer.contains("NetworkView is absent"), answer);
    }

    @Test
    void shouldFitAThousandNodesIntoAnAnswer() {
        List<NetworkNode> all = IntStream.rangeClosed(1, 1000).mapToObj(key -> node(key, 1000)).toList();

        int length = Json.of(NetworkTable.of(new NetworkChanges(1, true, 200_000, all, List.of()))).length();

        System.out.println("1000 nodes in an answer of " + length + " bytes");
        assertTrue(length < LARGEST_ANSWER, length + " bytes");
    }

    @Test
    void shouldAnswerWithLessThan2KiBWhileAThousandNodesAreIdle() {
        int length = Json.of(NetworkTable.of(new NetworkChanges(1_795_902_031_000_042L, false, 200_000,
                List.of(node(1, 1000)), List.of()))).length();

        System.out.println("1000 idle nodes in an answer of " + length + " bytes");
        assertTrue(length < 2 * 1024, length + " bytes though only this node changed");
    }

    @Test
    void shouldCountNodesByStateAndNameNone() throws IOException {
        bind(Records.of(NetworkSnapshot.class, Map.of("nodes", Map.of(NodeState.OK, 4L, NodeState.GONE, 1L), "interval",
                10.0, "recordsIgnored", Map.of(IgnoreReason.FORGED, 3L))),
                new NetworkChanges(1, true, 1, List.of(), List.of()));

        String metrics = served.get("/metrics");

        assertTrue(metrics.contains("\nippan_network_nodes{state=\"gone\"} 1.0"), metrics);
        assertTrue(metrics.contains("\nippan_network_interval_seconds 10.0"), metrics);
        assertTrue(metrics.contains("\nippan_network_records_ignored_total{reason=\"forged\"} 3.0"), metrics);
    }
}
