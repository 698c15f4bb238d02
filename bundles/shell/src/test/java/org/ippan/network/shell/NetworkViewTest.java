// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import static org.ippan.network.shell.Fakes.lines;
import static org.ippan.network.shell.Fakes.services;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.shell.output.Output.Form;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** The network as Karaf prints it. */
class NetworkViewTest {

    private static final NetworkNode ROME = Records.of(NetworkNode.class, Map.of("name", "rome", "id",
            "b7d10c55e0a1f6d2", "state", NodeState.GONE, "why", "No way of standing links leads to it."));
    private static final NetworkNode PARIS = Records.of(NetworkNode.class, Map.of("name", "paris", "id",
            "2f1c9a3e5b7d8c01", "version", "1.0.0", "links", List.of(new NodeLink(1, "", 0, true, true, true, false),
                    new NodeLink(2, "", 0, false, true, true, false))));

    private static List<String> run(boolean sick, Form form) throws Exception {
        NetworkViewCommand command = new NetworkViewCommand();
        command.services = services(null, Records.service(NetworkView.class, Map.of("nodes", List.of(ROME, PARIS))));
        command.sick = sick;
        return lines(form, command::run);
    }

    @Test
    void shouldListNodesWithTheLinksThatBothEndsTell() throws Exception {
        assertEquals(List.of("rome\tb7d10c55e0a1f6d2\tgone\t0\t\tNo way of standing links leads to it.",
                "paris\t2f1c9a3e5b7d8c01\tok\t1\t1.0.0"), run(false, Form.PLAIN));
    }

    @Test
    void shouldListOnlyThoseThatNeedALook() throws Exception {
        assertEquals(1, run(true, Form.PLAIN).size());
        String json = run(true, Form.JSON).get(0);
        assertTrue(json.contains("\"state\":\"gone\"") && !json.contains("paris"), json);
    }
}
