// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What real nodes say to a user who is stuck. */
@Tag(Nodes.WAITING)
class StuckIT {

    private static final String PEERS = "org.ippan.network.peers";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private static void says(NodeProcess node, String sentence) {
        Eventually.until(() -> "'" + sentence + "' in " + node.err(), Nodes.SOON, () -> node.err().contains(sentence));
    }

    private Path lines() throws Exception {
        return Files.writeString(nodes.path("lines"), "one line\n");
    }

    @Test
    void shouldTellWhatPublishingWaitsForAndGiveUp() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--publish", lines().toString(), "--topic", "news",
                "--min-peers", "2", "--timeout", "4");

        says(node, "ippan-node: waiting to publish: 0 of 2 peers connected (--min-peers)");
        says(node, "ippan-node: gave up publishing after 4 s (--timeout): 0 of 2 peers connected (--min-peers)");
        assertEquals(1, node.exitCode(Nodes.SOON), node.err());
    }

    @Test
    void shouldTellWhyPeersOfTheCommandLineDoNotAnswerAndWhenTheyAreTriedAgain() {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--peers", "127.0.0.1:1");

        says(node, "127.0.0.1:1 is not connected: Connection refused");
        says(node, "; next try within ");
        // Said once: the first dial has failed by then, or has not.
        says(node, "ippan-node: state ");
        says(node, " peers: 0 peers connected");
    }

    @Test
    void shouldNameOtherNetworksAtBothEnds() {
        String paris = Nodes.address(nodes.embed("paris", builder -> builder.set(PEERS, "networkId", "blue")));
        IppanNode node = nodes.embed("node", builder -> builder.set(PEERS, "networkId", "red"), paris);

        Diagnosis.of(node).explains(paris, "…its networkId is not that of this node…");
    }

    @Test
    void shouldNameOtherKeysAndWhatToDo() {
        String paris = Nodes.address(nodes.embed("paris",
                builder -> builder.set(PEERS, "networkKey", "correct horse battery staple")));
        IppanNode node = nodes.embed("node", builder -> builder.set(PEERS, "networkKey",
                "staple battery horse correct"), paris);

        Diagnosis.of(node).explains(paris, "…networkKey…");
    }

    @Test
    void shouldSayThatAnotherNodeUsesTheDirectory() {
        nodes.embed("node");

        NodeProcess second = nodes.command("second", "run", "--data", nodes.path("node").toString(), "--listen",
                Nodes.ANY_PORT);

        assertEquals(1, second.exitCode(Nodes.SOON), second.err());
        assertTrue(second.err().contains("another node uses " + nodes.path("node")
                + "; wait until it has ended, or give this one a directory of its own"), second.err());
        assertEquals(List.of(), second.out().lines().toList());
    }
}
