// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code docs/three-hosts.md} line by line, with three processes on three addresses of loopback, and the configuration
 * files of the example. A host's prompt says where a line is typed; its folders are folders of the test.
 */
@EnabledIf(value = "org.ippan.network.cluster.PrintedRequestsIT#curlInstalled",
        disabledReason = "skipped: no curl (apt-get install curl)")
class ThreeHostsIT {

    private static final Path DOCS = ShellCommand.ROOT.resolve("docs");
    private static final Path FILES = ShellCommand.ROOT.resolve("examples").resolve("three-hosts");
    private static final List<String> HOSTS = List.of("paris", "tokyo", "quito");
    private static final String RUN = "java -jar ippan-node.jar ";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final Map<String, NodeProcess> running = new HashMap<>();
    private final int[] ports = {freePort("127.0.0.1"), freePort("127.0.0.2"), freePort("127.0.0.3")};

    @Test
    void shouldFollowThePage() throws IOException {
        List<List<String>> steps = CodeBlock.of(DOCS.resolve("three-hosts.md"), ThreeHostsIT.class).stream()
                .map(CodeBlock::commands).toList();
        assertEquals(List.of(1, 4, 1, 1, 1, 3, 3), steps.stream().map(List::size).toList());
        String parisAgain = steps.get(2).get(0);
        String health = steps.get(3).get(0);
        String admitting = steps.get(4).get(0);

        steps.get(0).forEach(this::type);
        steps.get(1).forEach(this::type);
        HOSTS.forEach(host -> assertWell(host, health));
        assertConnected(2);

        // Who else may connect: the other two, then one of them.
        end("quito");
        type(admitting.replace("ID-OF-PARIS", id("paris")).replace("ID-OF-TOKYO", id("tokyo")));
        assertConnected(2);
        end("quito");
        type(admitting.replace("ID-OF-PARIS,ID-OF-TOKYO", id("paris")));
        assertConnected(Map.of("paris", 2, "tokyo", 1, "quito", 1));

        // Backup.
        String id = id("tokyo");
        type(steps.get(5).get(0));
        end("tokyo");
        Files.move(nodes.path("tokyo").resolve("node"), nodes.path("tokyo").resolve("lost"));
        type(steps.get(5).get(1));
        type(steps.get(5).get(2));
        type(steps.get(1).get(2));
        assertEquals(id, id("tokyo"));

        // Upgrade.
        for (String start : List.of(steps.get(1).get(3), steps.get(1).get(2), parisAgain)) {
            String host = start.substring(0, start.indexOf('$'));
            String before = id(host);
            steps.get(6).forEach(line -> type(line.replace("quito$", host + "$")));
            type(start);
            assertWell(host, health);
            assertEquals(before, id(host));
        }
        assertConnected(2);
    }

    private String id(String host) {
        return running.get(host).id();
    }

    private void end(String host) {
        running.get(host).terminate();
        assertEquals(0, running.get(host).exitCode(Nodes.SOON));
    }

    private void assertWell(String host, String health) {
        Eventually.until(() -> host + " is well: " + ready(host, health), Nodes.SOON,
                () -> ready(host, health).contains("\"status\":\"ok\""));
    }

    @Test
    void shouldConnectWithTheFilesOfTheExample() throws IOException {
        for (String host : HOSTS) {
            List<String> arguments = new ArrayList<>(List.of("run", "--data", nodes.path(host).toString(), "--http",
                    Nodes.ANY_PORT));
            for (String file : List.of("org.ippan.network.transport.cfg", "org.ippan.network.peers.cfg")) {
                for (String line : Files.readAllLines(FILES.resolve(host).resolve(file))) {
                    if (!line.startsWith("#")) {
                        arguments.addAll(List.of("--set", file.replace(".cfg", "") + ":"
                                + onLoopback(line.replaceFirst(" = ", "="))));
                    }
                }
            }
            running.put(host, nodes.command(host, arguments.toArray(String[]::new)).awaitReady());
        }

        assertConnected(2);
    }

    /** Does what a line of the page says, on the host of its prompt. */
    private void type(String line) {
        String host = line.substring(0, line.indexOf('$'));
        String command = onLoopback(line.substring(host.length() + 2)).replace("/var/lib/ippan", folder(host));
        if (command.startsWith(RUN)) {
            String arguments = command.substring(RUN.length()).replace("127.0.0.1:9780", Nodes.ANY_PORT);
            running.put(host, nodes.command(host, arguments.split(" ")).awaitReady());
        } else if (command.startsWith("pkill -TERM ")) {
            running.get(host).terminate();
        } else if (command.startsWith("while pgrep ")) {
            assertEquals(0, running.get(host).exitCode(Nodes.SOON));
        } else {
            String here = command.replaceFirst("^scp ", "cp ").replace("/tmp/ippan-node.jar", Nodes.JAR.toString())
                    .replaceFirst(" ippan-node.jar$", " " + folder(host) + "/ippan-node.jar");
            for (String other : HOSTS) {
                // Before the colon of a copy is the host it goes to.
                here = here.replace(other + ":" + folder(host), folder(other));
            }
            Programs.run(Path.of("."), here.split(" "));
        }
    }

    private String folder(String host) {
        try {
            return Files.createDirectories(nodes.path(host)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String onLoopback(String text) {
        String here = text;
        for (int i = 0; i < ports.length; i++) {
            here = here.replace("10.0.0.1" + (i + 1) + ":9700", "127.0.0." + (i + 1) + ":" + ports[i]);
        }
        return here;
    }

    private String ready(String host, String command) {
        String here = command.substring(command.indexOf("$ ") + 2).replace("127.0.0.1:9780", running.get(host).http());
        try (ShellCommand curl = new ShellCommand(nodes, host + "-ready", here)) {
            return String.join("", curl.end());
        }
    }

    private void assertConnected(int peers) {
        assertConnected(Map.of(HOSTS.get(0), peers, HOSTS.get(1), peers, HOSTS.get(2), peers));
    }

    private void assertConnected(Map<String, Integer> expected) {
        expected.forEach((host, peers) -> Eventually.until(
                () -> host + " has " + peers + " peers: " + running.get(host).err(), Nodes.SOON,
                () -> connected(host) == peers));
    }

    private long connected(String host) {
        String peers = ready(host, "$ curl -s http://127.0.0.1:9780/api/v1/peers");
        return Stream.of(peers.split("\"connected\":true", -1)).count() - 1;
    }

    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
