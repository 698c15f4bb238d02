// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three processes, 1 – 2 – 3: what 1 and 3 say to each other, 2 relays. */
@Tag(Nodes.WAITING)
class ChainIT {

    /** Told of each other, 1 and 3 would connect. */
    private static final String NO_SHORT_CUT = "org.ippan.network.peers:exchange=false";
    private static final int LINES = 5_000;
    private static final Duration FOR_THE_FILE = Duration.ofSeconds(60);
    /** On a busy machine; that ten seconds are enough is tested in virtual time. */
    private static final Duration TO_RECOVER = Duration.ofSeconds(60);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldRelayAFileAndGoOnAfterTheNodeInTheMiddleWasKilled() throws Exception {
        Path file = Files.write(nodes.path("input.txt"), lines());
        NodeProcess middle = nodes.run("2", Nodes.ANY_PORT, "--jmx", "0", "--set", NO_SHORT_CUT,
                "--subscribe", "file", "--output", nodes.path("file-2.txt").toString());
        NodeProcess left = nodes.run("1", Nodes.ANY_PORT, "--jmx", "0", "--set", NO_SHORT_CUT,
                "--peers", middle.listen(),
                "--publish", "-", "--topic", "live",
                "--subscribe", "file", "--output", nodes.path("file-1.txt").toString());
        awaitOnePeer(middle);
        NodeProcess right = nodes.run("3", Nodes.ANY_PORT, "--jmx", "0", "--set", NO_SHORT_CUT,
                "--peers", middle.listen(),
                "--publish", file.toString(), "--topic", "file",
                "--subscribe", "live", "--output", nodes.path("live-3.txt").toString());

        assertArrived(file, nodes.path("file-2.txt"));
        assertArrived(file, nodes.path("file-1.txt"));
        Eventually.until(() -> "3 says that it is done: " + right.out(), Nodes.SOON,
                () -> right.out().contains("PUBLISHED lines=" + LINES + " "));
        awaitOnePeer(left);
        awaitOnePeer(right);

        middle.kill();
        left.send("into the gap");
        nodes.launch("2", middle.listen(), "--set", NO_SHORT_CUT);

        sendUntilSomethingArrives(left, nodes.path("live-3.txt"));
        Eventually.until("what was sent meanwhile arrives too", Nodes.SOON,
                () -> Nodes.lines(nodes.path("live-3.txt")).contains("into the gap"));
    }

    private static void sendUntilSomethingArrives(NodeProcess from, Path output) {
        int[] sent = {0};
        Eventually.until("messages flow again", TO_RECOVER, () -> {
            from.send("after the kill " + sent[0]++);
            return Nodes.lines(output).stream().anyMatch(line -> line.startsWith("after the kill"));
        });
    }

    private static void assertArrived(Path file, Path output) throws IOException {
        Eventually.until(() -> output + " has " + Nodes.size(output) + " bytes of " + Nodes.size(file), FOR_THE_FILE,
                () -> Nodes.size(output) >= Nodes.size(file));

        assertEquals(Nodes.counted(Files.readAllLines(file)), Nodes.counted(Nodes.lines(output)));
    }

    private static void awaitOnePeer(NodeProcess node) throws Exception {
        try (JmxClient client = JmxClient.connect(node)) {
            Eventually.until(() -> "one peer of " + client.get("Peers", "Connected"), Nodes.SOON,
                    () -> client.get("Peers", "Connected").equals(1));
        }
    }

    /** Equal lines, empty ones, long ones, and ones that are not ASCII. */
    private static List<String> lines() {
        Random random = new Random(42);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(switch (i % 100) {
                case 0 -> "";
                case 1 -> "the same again";
                case 2 -> "x".repeat(10_000) + random.nextInt(3);
                case 3 -> "Grüße, 世界, \uD83C\uDF0D, " + random.nextInt(50);
                default -> "line " + i + " " + Long.toHexString(random.nextLong());
            });
        }
        return lines;
    }
}
