// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node does with its arguments and with SIGTERM. */
class CommandLineIT {

    private static final Duration TO_STOP = Duration.ofSeconds(5);
    private static final int WITHOUT_DIAL_MILLIS = 3_000;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldExplainItselfWhenArgumentsAreWrong() {
        List<List<String>> wrong = List.of(List.of(), List.of("walk"), List.of("run", "--nonsense"),
                List.of("run", "--listen", "nowhere"), List.of("run", "--set", "banThreshold=1"),
                List.of("run", "--set", "org.ippan.network.nothing:key=1"), List.of("run", "--publish", "file"));
        for (List<String> arguments : wrong) {
            NodeProcess process = nodes.command("wrong", arguments.toArray(String[]::new));

            assertEquals(2, process.exitCode(Nodes.SOON), arguments + process.err());
            assertTrue(process.err().contains("usage: java -jar ippan-node.jar run"), arguments + process.err());
            assertEquals("", process.out());
        }
    }

    @Test
    void shouldRunOnTheDefaultAndSayWhyAValueIsRefused() {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--set", "org.ippan.network.reputation:banThreshold=abc");

        String error = node.err().lines().filter(line -> line.contains("ERROR")).reduce("", String::concat);
        assertTrue(error.contains("org.ippan.network.reputation") && error.contains("banThreshold = abc")
                && error.contains("must be a whole number from -1000"), error + node.err());
        assertTrue(node.listen().startsWith(Nodes.LOOPBACK), node.listen());
    }

    @Test
    void shouldStayUpAndNeitherListenNorDialWithAnInvalidMode() throws IOException {
        try (ServerSocket seed = new ServerSocket(0, 50, InetAddress.getByName(Nodes.LOOPBACK))) {
            int port = freePort();
            seed.setSoTimeout(WITHOUT_DIAL_MILLIS);

            NodeProcess node = nodes.run("node", Nodes.LOOPBACK + ":" + port, "--peers",
                    Nodes.LOOPBACK + ":" + seed.getLocalPort(), "--set", "org.ippan.network.peers:mode=alowlist");

            assertTrue(node.err().contains("mode = alowlist: must be one of open, allowlist"), node.err());
            assertEquals("none", node.listen());
            assertThrows(SocketTimeoutException.class, seed::accept, "the seed was dialled");
            assertThrows(IOException.class, () -> new Socket(Nodes.LOOPBACK, port).close(), "it listens");
            assertTrue(node.alive());
        }
    }

    @Test
    void shouldSayGoodbyeAndExitWithZeroOnSigterm() {
        IppanNode peer = nodes.embed("peer");
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--peers", Nodes.address(peer));
        Nodes.awaitPeers(peer, 1);

        node.terminate();

        assertEquals(0, node.exitCode(TO_STOP), node.err());
        assertTrue(node.err().lines().noneMatch(line -> line.contains("ERROR") || line.contains("Exception")),
                node.err());
        Eventually.until(() -> "a GOODBYE: " + peer.peers().snapshot(), Nodes.SOON, () -> peer.peers().snapshot()
                .goodbyesReceived().getOrDefault(GoodbyeReason.SHUTDOWN, 0L) == 1);
        Nodes.awaitPeers(peer, 0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
