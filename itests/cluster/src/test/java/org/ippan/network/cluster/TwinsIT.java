// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two living processes with one key: their peer and the one that is sent away say so, and other links stay. */
@Tag(Nodes.WAITING)
class TwinsIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String KNOWN_ONLY = PEERS + ":outboundTarget=0";
    private static final String OWN_KEY = ". Give one of them an identity of its own";
    private static final String ADDRESS = "127\\.0\\.0\\.1:[0-9]+";
    /** Two refusals, 10 s apart, of processes on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private NodeProcess node(String name, String... peers) {
        return nodes.run(name, Nodes.ANY_PORT, "--set", KNOWN_ONLY, "--peers", String.join(",", peers));
    }

    private static void says(NodeProcess node, String pattern) {
        Pattern line = Pattern.compile(pattern);
        Eventually.until(() -> pattern + " in " + node.err(), SOON, () -> line.matcher(node.err()).find());
    }

    @Test
    void shouldNameBothAtTheirPeerAndKeepTheirOtherLinks() throws IOException {
        IppanNode paris = nodes.embed("paris", builder -> builder.set(PEERS, "outboundTarget", "0"));
        IppanNode lyon = nodes.embed("lyon", builder -> builder.set(PEERS, "outboundTarget", "0"));
        NodeProcess node = node("node", Nodes.address(paris), Nodes.address(lyon));
        String id = node.id().substring(0, 8);
        Nodes.awaitPeers(paris, 1);
        Nodes.awaitPeers(lyon, 1);
        final Duration uptime = uptime(lyon);
        copyKey();

        NodeProcess twin = node("twin", Nodes.address(paris));

        says(twin, "is up: connected to " + Pattern.quote(Nodes.address(paris)));
        logged.says("Two living nodes use the identity " + id + ": the one at 127.0.0.1:", " stays connected, the one"
                + " at 127.0.0.1:", " is sent away for 10 s" + OWN_KEY);
        says(node, "Another living node uses the identity of this node, as the peer at " + Nodes.address(paris)
                + " says: another living node uses your identity, from " + ADDRESS + OWN_KEY);
        logged.says("is sent away for 20 s. Give one of them an identity of its own");
        assertTrue(uptime(lyon).compareTo(uptime) >= 0, "its link is the same");
    }

    /** Of its only link. */
    private static Duration uptime(IppanNode node) {
        return node.peers().connected().get(0).uptime();
    }

    private void copyKey() throws IOException {
        Path key = Path.of("state", "transport", "identity.pem");
        Path copy = nodes.path("twin").resolve(key);
        Files.createDirectories(copy.getParent(), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        Files.copy(nodes.path("node").resolve(key), copy);
    }
}
