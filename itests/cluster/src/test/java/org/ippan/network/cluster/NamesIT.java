// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A name stands for what it stands for now, and for all its addresses. */
@Tag(Nodes.WAITING)
class NamesIT {

    /** Less than Java remembers by itself what a name stood for. */
    private static final Duration MOVED = Duration.ofMinutes(1);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private NodeProcess node(Path hosts, int port) {
        return nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + hosts), "node", "--peers",
                "paris.test:" + port);
    }

    private static void awaitUp(NodeProcess node, Duration atMost, int times) {
        Eventually.until(() -> "up " + times + " times: " + node.err(), atMost,
                () -> node.err().split("is up: connected to paris.test", -1).length > times);
    }

    @Test
    void shouldFindAPeerThatMovedToAnotherAddress() throws Exception {
        IppanNode paris = nodes.embed("paris", builder -> builder.listen("127.0.0.2", 0));
        int port = paris.listenAddress().orElseThrow().port();
        Path hosts = Files.writeString(nodes.path("hosts"), "127.0.0.2 paris.test\n");
        NodeProcess node = node(hosts, port);
        awaitUp(node, Nodes.SOON, 1);

        paris.close();
        Files.writeString(hosts, "127.0.0.3 paris.test\n");
        nodes.embed("paris again", builder -> builder.listen("127.0.0.3", port));

        awaitUp(node, MOVED, 2);
    }

    /** The first is in no network of this machine, at the next two nothing listens. */
    @Test
    void shouldTryAllAddressesOfBothFamilies() throws Exception {
        int port = nodes.embed("paris", builder -> builder.listen("127.0.0.2", 0)).listenAddress().orElseThrow().port();
        Path hosts = Files.writeString(nodes.path("hosts"), "192.0.2.7 paris.test\n::1 paris.test\n"
                + "127.0.0.3 paris.test\n127.0.0.2 paris.test\n");

        awaitUp(node(hosts, port), Nodes.SOON, 1);
    }
}
