// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeState;
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
        Command network = new Commands(services, new Orders(services, () -> 0)).all().stream()
                .filter(each -> each.name().equals("network")).findFirst().orElseThrow();
        return network.execute(null, List.of((Object[]) words));
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
    void shouldNameWhatItDoesNotKnow() {
        assertEquals("'--all' is unknown: --sick and --json are all that may follow",
                assertThrows(IllegalArgumentException.class, () -> run("--all")).getMessage());
    }
}
