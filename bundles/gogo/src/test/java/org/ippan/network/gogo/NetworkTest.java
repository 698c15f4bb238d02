// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.api.survey.NodeTrace;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** The network as Gogo prints it. */
class NetworkTest {

    private final NodeServices services = new NodeServices();

    private String run(String... words) throws Exception {
        services.bind("Network", Records.service(NetworkView.class, Map.of("nodes", List.of(
                Records.of(NetworkNode.class, Map.of("name", "rome", "id", "b7d10c55e0a1f6d2", "state",
                        NodeState.FAIL, "why", "It does not listen.")),
                Records.of(NetworkNode.class, Map.of("name", "paris", "id", "2f1c9a3e5b7d8c01"))))));
        return execute("network", (Object[]) words);
    }

    private String execute(String name, Object... words) throws Exception {
        return new Commands(services, new Orders(services, () -> 0)).all().stream()
                .filter(each -> each.name().equals(name)).findFirst().orElseThrow().execute(null, List.of(words));
    }

    @Test
    void shouldListNodesOrThoseThatAreSickOnly() throws Exception {
        List<String> all = run().lines().toList();

        assertEquals(3, all.size());
        assertTrue(all.get(1).matches("rome +b7d10c55e0a1f6d2 +fail +0 +It does not listen\\."), all.get(1));
        assertTrue(all.get(2).matches("paris +2f1c9a3e5b7d8c01 +ok +0"), all.get(2));
        assertEquals(2, run("--sick").lines().count());
        assertTrue(run("--sick", "--json").startsWith("[{\"key\":0,\"id\":\"b7d10c55e0a1f6d2\","));
    }

    @Test
    void shouldShowTheWayOfAMessageAsATree() throws Exception {
        services.bind("Network", new Asker());

        List<String> told = execute("trace", "0a".repeat(32)).lines().toList();

        assertEquals(4, told.size());
        assertTrue(told.get(1).matches("> rome +0 ms +0 +0  published here"), told.get(1));
        assertTrue(told.get(2).matches("  > paris +7 ms +1 +2  delivered to a.B and 1 more; it had missed the message,"
                + " and asked for it"), told.get(2));
        assertEquals("1 of 1 other nodes told.", told.get(3));
    }

    /** All answers are in after the second look. */
    private static final class Asker implements NetworkTracer, SnapshotSource {

        private int looks;

        @Override
        public NetworkTrace trace(MessageId id) {
            return new NetworkTrace(id, looks++ == 0 ? NetworkTrace.Phase.ASKING : NetworkTrace.Phase.DONE,
                    "1 of 1 other nodes told.", looks == 1 ? List.of() : List.of(
                            new NodeTrace("b7d10c55e0a1f6d2", "rome", true, NodeTrace.Fate.PUBLISHED, "", false, 0,
                                    true, 0, Duration.ZERO, 0, false, 0, List.of()),
                            new NodeTrace("2f1c9a3e5b7d8c01", "paris", false, NodeTrace.Fate.DELIVERED,
                                    "b7d10c55e0a1f6d2", true, 1, true, 1, Duration.ofMillis(7), 2, true, 2,
                                    List.of("a.B"))));
        }

        @Override
        public Record snapshot() {
            return Records.of(NetworkSnapshot.class, Map.of());
        }
    }

    @Test
    void shouldNameWhatItDoesNotKnow() {
        assertEquals("'--all' is unknown: --sick and --json are all that may follow",
                assertThrows(IllegalArgumentException.class, () -> run("--all")).getMessage());
    }
}
