// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Programs;

/** {@link Attackers} as a process, which the machine gives its share of the processors like any other. */
final class AttackProcess implements AutoCloseable {

    private static final Duration TO_REST = Duration.ofSeconds(20);

    private final Process process;
    private final Writer orders;
    private final Path out;
    private final Path err;

    /** Starts it and waits until it is ready to attack. */
    AttackProcess(Nodes nodes, Attack attack, List<String> targets) throws IOException {
        out = nodes.path(attack + ".out");
        err = nodes.path(attack + ".err");
        List<String> command = new ArrayList<>(Programs.java("-Xmx192m", "-Xss256k", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Attackers.class.getName(), attack.name()));
        command.addAll(targets);
        process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        awaitLines(Attackers.READY, 1, Nodes.SOON);
    }

    private void awaitLines(String start, int count, Duration atMost) {
        Eventually.until(() -> start + " in " + Nodes.lines(out) + Nodes.lines(err), atMost,
                () -> said(start).size() >= count || !process.isAlive());
        if (said(start).size() < count) {
            throw new AssertionError("it ended: " + Nodes.lines(err));
        }
    }

    private List<String> said(String start) {
        return Nodes.lines(out).stream().filter(line -> line.startsWith(start)).toList();
    }

    void attack() throws IOException {
        order(Attackers.GO);
    }

    /** Until nothing is done any more. */
    void rest() throws IOException {
        int before = said(Attackers.RESTED).size();
        order(Attackers.REST);
        awaitLines(Attackers.RESTED, before + 1, TO_REST);
    }

    private void order(String word) throws IOException {
        orders.write(word + '\n');
        orders.flush();
    }

    /** What it did so far. */
    String figures() {
        List<String> all = said(Attackers.RESTED);
        return all.isEmpty() ? "" : all.get(all.size() - 1).substring(Attackers.RESTED.length() + 1);
    }

    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        Programs.end(process);
    }
}
