// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node whose files do not tell who may read them, as those of Windows do not: it runs all the same, and says so. */
@Tag(Nodes.WAITING)
class WithoutModesIT {

    private static final Path CLASSES = Path.of("target", "test-classes").toAbsolutePath();

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private NodeProcess launch(String... arguments) {
        return nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Xshare:off -Xbootclasspath/a:" + CLASSES
                + " -Djava.nio.file.spi.DefaultFileSystemProvider=" + WithoutModes.class.getName()), "node",
                arguments);
    }

    @Test
    void shouldRunAndSayThatTheKeyMayBeReadByOthers() throws Exception {
        NodeProcess node = launch("--jmx", "0").awaitReady();
        Path key = nodes.path("node").resolve("state").resolve("transport").resolve("identity.pem");

        try (JmxClient jmx = JmxClient.connect(node)) {
            Diagnosis.of(jmx).tells("WARN identity: This file system does not tell who may read the key at " + key
                    + ". See to it that only the user of the node may.");
        }
        node.terminate();
        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
        assertTrue(Files.exists(key));
        assertFalse(node.err().contains("Exception"), node.err());
    }

    @Test
    void shouldReadNoPasswordsThatOthersMayRead() throws Exception {
        Path users = Files.writeString(nodes.path("users"), "reader a-password readonly\n");

        NodeProcess node = launch("--jmx", "0", "--jmx-password", users.toString());

        assertEquals(2, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().contains("ippan-node: --jmx-password: this file system cannot tell who may read "
                + users), node.err());
    }
}
