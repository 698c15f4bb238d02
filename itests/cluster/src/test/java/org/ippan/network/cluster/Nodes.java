// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The nodes of one test, in a folder of its own below {@code target}; none of them outlives it. */
final class Nodes implements BeforeEachCallback, AfterEachCallback {

    /** Tag of tests that measure no speed, and wait most of their time: four of them run at once. */
    static final String WAITING = "waiting";
    static final Duration SOON = Duration.ofMinutes(1);
    /** What hangs looks so rarely whether it is over: hundreds that looked each millisecond took all processor time. */
    static final long HANGING_NANOS = 20_000_000;
    static final String LOOPBACK = "127.0.0.1";
    static final String ANY_PORT = LOOPBACK + ":0";

    static final Path JAR = Path.of("..", "..", "features", "node", "target", "ippan-node.jar");

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private Path folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Path.of("target", context.getRequiredTestClass().getSimpleName(),
                context.getRequiredTestMethod().getName()).toAbsolutePath();
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
        Files.createDirectories(folder);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    /** A file or folder of this test. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Starts a process with any command line and does not wait for it. */
    NodeProcess command(String name, String... arguments) {
        NodeProcess process = NodeProcess.start(JAR, folder, name, List.of(arguments));
        running.push(process);
        return process;
    }

    /** Starts {@code run} of another jar on any port of loopback, and does not wait for it. */
    NodeProcess launch(Path jar, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--data", path(name).toString(), "--listen", ANY_PORT));
        all.addAll(List.of(arguments));
        NodeProcess process = NodeProcess.start(jar, folder, name, all);
        running.push(process);
        return process;
    }

    /** Starts {@code run} on loopback, with a data directory named like the node, and does not wait for it. */
    NodeProcess launch(String name, String listen, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--data", path(name).toString(), "--listen", listen));
        all.addAll(List.of(arguments));
        return command(name, all.toArray(String[]::new));
    }

    /** Starts {@code run} on any port of loopback with so many file descriptors at most, and does not wait for it. */
    NodeProcess limited(int descriptors, String name, String... arguments) {
        return prefixed(List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh"), name, arguments);
    }

    /** Starts {@code run} by another command, on any port of loopback if nothing else is said; does not wait for it. */
    NodeProcess prefixed(List<String> prefix, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--data", path(name).toString()));
        all.addAll(List.of(arguments));
        if (!all.contains("--listen")) {
            all.addAll(List.of("--listen", ANY_PORT));
        }
        NodeProcess process = NodeProcess.start(prefix, JAR, folder, name, all);
        running.push(process);
        return process;
    }

    /** Starts {@code run} on loopback and waits until it is ready. */
    NodeProcess run(String name, String listen, String... arguments) {
        return launch(name, listen, arguments).awaitReady();
    }

    /** Starts a command line of a document, with folders of this test and a free port, and waits until it is ready. */
    NodeProcess printed(String name, String arguments) {
        return command(name, arguments.replaceAll("--(data|output) (/tmp/)?", "--$1 " + folder + "/")
                .replaceAll("--(listen|http) \\S+", "--$1 " + ANY_PORT).split(" ")).awaitReady();
    }

    /** Starts a node inside this JVM, with the data directory named like the node. */
    IppanNode embed(String name, String... peers) {
        return embed(name, builder -> { }, peers);
    }

    /** The same, with settings of its own. */
    IppanNode embed(String name, Consumer<IppanNodeBuilder> settings, String... peers) {
        IppanNodeBuilder builder = IppanNode.builder().data(path(name)).listen(LOOPBACK, 0);
        settings.accept(builder);
        for (String peer : peers) {
            builder.peer(peer);
        }
        IppanNode node = builder.start();
        running.push(node);
        return node;
    }

    static String address(IppanNode node) {
        return node.listenAddress().orElseThrow().toString();
    }

    /** What a node tells of its links inside WebSocket. */
    static WebSocketSnapshot webSocket(IppanNode node) {
        return node.findAll(SnapshotSource.class).stream().map(SnapshotSource::snapshot)
                .filter(WebSocketSnapshot.class::isInstance).map(WebSocketSnapshot.class::cast).findFirst()
                .orElseThrow();
    }

    /** Waits until an embedded node has this many connected peers. */
    static void awaitPeers(IppanNode node, int count) {
        Eventually.until(() -> count + " peers of " + node.peers().peers(), SOON,
                () -> node.peers().connected().size() == count && node.gossip().snapshot().links() == count);
    }

    /** How often each line is there: files are equal for us when these are. */
    static Map<String, Integer> counted(Collection<String> lines) {
        Map<String, Integer> counted = new HashMap<>();
        lines.forEach(line -> counted.merge(line, 1, Integer::sum));
        return counted;
    }

    /** Whether a node without a directory of its own has one among the temporary files. */
    static boolean isTemporaryIn(Path folder) {
        try (Stream<Path> made = Files.list(folder)) {
            return made.anyMatch(each -> each.getFileName().toString().startsWith("ippan-node-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file that a node may just be writing. */
    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
