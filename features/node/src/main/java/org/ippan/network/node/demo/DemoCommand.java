// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.ippan.network.node.launch.DataDirectory;
import org.ippan.network.node.launch.LaunchException;
import org.ippan.network.node.launch.NodeJar;
import org.ippan.network.node.run.ExitCode;
import org.ippan.network.node.run.LineDigest;
import org.ippan.network.node.run.Shutdown;
import org.ippan.network.node.run.Terminal;

/**
 * {@code demo}: several nodes as processes on loopback, a file published at the first and written by every other one.
 * Used by the main thread.
 */
public final class DemoCommand {

    private static final String TOPIC = "demo";

    /** Of its own, as nothing may get into the files of the other. */
    private static final String HEARTBEAT_TOPIC = "heartbeat";
    private static final long POLL_MILLIS = 100;
    private static final long START_MILLIS = 60_000;
    private static final long STALL_MILLIS = 60_000;
    private static final int SHOW_MILLIS = 1_000;

    /** In a file or pipe, where nothing is replaced, the table comes less often. */
    private static final int SHOW_PLAIN_MILLIS = 5_000;

    /** How long extra lines, which must not come, are waited for. */
    private static final long SETTLE_MILLIS = 2_000;

    private final DemoArguments arguments;
    private final PrintStream out;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private final List<DemoNode> nodes = new ArrayList<>();
    /** Those that ended by themselves, which is shown and not mended. */
    private final Set<DemoNode> ended = new LinkedHashSet<>();
    private long begunNanos;
    private int heartbeats;

    /**
     * Prepares the demo.
     *
     * @param arguments what to do
     * @param out standard output
     * @param shutdown says when to stop
     */
    public DemoCommand(DemoArguments arguments, PrintStream out, Shutdown shutdown) {
        this.arguments = arguments;
        this.out = out;
        this.terminal = new Terminal(out, Terminal.isTerminal(1));
        this.shutdown = shutdown;
    }

    /** Runs the demo; gives the exit code. */
    public int run() throws IOException, InterruptedException {
        Path input = input();
        LineDigest expected = expected(input);
        Path data = Files.createTempDirectory("ippan-demo-");
        try {
            startNodes(input, data);
            terminal.print("publishing " + expected.lines() + " lines of " + input + " at node-1, receiving in "
                    + arguments.output() + " at " + (arguments.nodes() - 1) + " more");
            if (!arguments.once()) {
                terminal.print("then a few messages a second on the topic " + HEARTBEAT_TOPIC
                        + ", which no node writes down, so that the pages above show traffic until Ctrl-C");
            }
            terminal.print("copies are expected while a tree of links forms among so few nodes, then few or none");
            boolean complete = showUntilDone(expected.lines());
            stopNodes();
            return complete ? verify(expected) : shutdown.isRequested() ? ExitCode.OK : ExitCode.FAILED;
        } finally {
            stopNodes();
            DataDirectory.delete(data);
        }
    }

    private Path input() {
        try {
            Files.createDirectories(arguments.output());
            if (arguments.input().isPresent()) {
                return arguments.input().get();
            }
            Path made = arguments.output().resolve("input.txt");
            DemoInput.write(made);
            return made;
        } catch (IOException e) {
            throw LaunchException.of("--output", e);
        }
    }

    private static LineDigest expected(Path input) {
        try {
            return LineDigest.of(input);
        } catch (IOException e) {
            throw LaunchException.of("--input", e);
        }
    }

    /** Receivers first, each dialling those before it; the publisher last, so that it finds all of them connected. */
    private void startNodes(Path input, Path data) throws IOException, InterruptedException {
        Path jar = NodeJar.own().path();
        for (int k = 2; k <= arguments.nodes() + 1 && !shutdown.isRequested(); k++) {
            boolean publisher = k > arguments.nodes();
            String name = "node-" + (publisher ? 1 : k);
            List<String> options = new ArrayList<>(List.of("--data", data.resolve(name).toString()));
            nodes.forEach(earlier -> options.addAll(List.of("--peers", earlier.listen())));
            Path output = arguments.output().resolve(name + ".txt");
            Files.deleteIfExists(output);
            options.addAll(publisher
                    ? List.of("--publish", input.toString(), "--topic", TOPIC, "--min-peers", "" + nodes.size())
                    : List.of("--subscribe", TOPIC, "--output", output.toString()));
            DemoNode node = new DemoNode(name, jar, arguments.output(), options);
            nodes.add(publisher ? 0 : nodes.size(), node);
            await(node::ready, name + " is not ready");
            if (!shutdown.isRequested()) {
                terminal.print(node.invitation());
            }
            int others = nodes.size() - 1;
            await(() -> nodes.stream().allMatch(each -> each.counters().peers() >= others),
                    "the nodes do not connect to each other");
            begunNanos = System.nanoTime();
        }
    }

    private void await(BooleanSupplier condition, String otherwise) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean() && !shutdown.await(POLL_MILLIS)) {
            requireAlive();
            nodes.forEach(DemoNode::refresh);
            if (millisSince(begun) > START_MILLIS) {
                throw new LaunchException(otherwise + " after " + START_MILLIS / 1_000 + " s; see the logs in "
                        + arguments.output());
            }
        }
    }

    private void requireAlive() {
        for (DemoNode node : nodes) {
            if (!node.alive() && !shutdown.isRequested()) {
                throw new LaunchException(saidOfEnd(node));
            }
        }
    }

    private String saidOfEnd(DemoNode node) {
        return node + " ended by itself; see " + arguments.output().resolve(node + ".log");
    }

    /** A node that dies is something to look at, as long as two are left and the file is published. */
    private void noteEnded() {
        for (DemoNode node : nodes) {
            if (!node.alive() && !shutdown.isRequested() && ended.add(node)) {
                if (node == nodes.get(0) && !node.published() || nodes.size() - ended.size() < 2) {
                    throw new LaunchException(saidOfEnd(node));
                }
                terminal.print(saidOfEnd(node) + "; the others go on without it, and their pages say so");
            }
        }
    }

    private Stream<DemoNode> living() {
        return nodes.stream().filter(node -> !ended.contains(node));
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** Shows the table until the demo is told to stop, or with {@code --once} has nothing more to wait for. */
    private boolean showUntilDone(long lines) throws InterruptedException {
        long changed = System.nanoTime();
        long shown = 0;
        long last = 0;
        while (!shutdown.await(POLL_MILLIS)) {
            noteEnded();
            living().forEach(DemoNode::refresh);
            List<DemoCounters> receivers = receivers();
            long written = receivers.stream().mapToLong(DemoCounters::received).sum();
            if (written != last) {
                changed = System.nanoTime();
                last = written;
            }
            boolean complete = complete(lines, receivers);
            if (complete && arguments.once()) {
                shutdown.await(SETTLE_MILLIS);
                living().forEach(DemoNode::refresh);
                show(lines);
                terminal.end();
                return true;
            }
            if (complete) {
                beat();
            }
            if (arguments.once() && millisSince(changed) > STALL_MILLIS) {
                show(lines);
                terminal.end();
                throw new LaunchException("nothing came any more for " + STALL_MILLIS / 1_000
                        + " s; see the logs in " + arguments.output());
            }
            if (shown == 0 || millisSince(shown) >= (terminal.inPlace() ? SHOW_MILLIS : SHOW_PLAIN_MILLIS)) {
                show(lines);
                shown = System.nanoTime();
            }
        }
        return false;
    }

    /** Each node in its turn, so that each page shows what its own publishes too. */
    private void beat() {
        List<DemoNode> living = living().toList();
        living.get(heartbeats % living.size()).publish(HEARTBEAT_TOPIC, "heartbeat " + heartbeats);
        heartbeats++;
    }

    private List<DemoCounters> receivers() {
        return living().filter(node -> node != nodes.get(0)).map(DemoNode::counters).toList();
    }

    private boolean complete(long lines, List<DemoCounters> receivers) {
        return nodes.get(0).published() && receivers.stream().allMatch(counters -> counters.received() >= lines);
    }

    private void show(long lines) {
        terminal.update(DemoTable.of(DemoTable.progress(receivers(), lines, millisSince(begunNanos) / 1e3),
                nodes.stream().map(node -> node.row(ended.contains(node))).toList()));
    }

    private int verify(LineDigest expected) throws IOException {
        int code = ExitCode.OK;
        for (DemoNode node : nodes.subList(1, nodes.size())) {
            String verdict = expected.compare(LineDigest.of(arguments.output().resolve(node + ".txt")));
            out.println(node + " " + verdict);
            if (!verdict.startsWith("PASS")) {
                code = ExitCode.FAILED;
            }
        }
        return code;
    }

    private void stopNodes() {
        nodes.forEach(DemoNode::requestStop);
        nodes.forEach(DemoNode::close);
    }
}
