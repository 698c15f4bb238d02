// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the demo says while its nodes or its files change under it: it counts lines that are missing or double, and goes
 * on without a node that ended. Takes two minutes; {@code docs/testing.md} has the command. Mistakes with its arguments
 * are in {@link DemoMistakesIT}.
 */
class DemoAcceptance {

    private static final int LINES = 1000;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** Between the last line and the end, which waits for lines that come twice, something changes the files. */
    @Test
    void shouldSayWhichLinesAreMissingDoubleOrOthers() throws Exception {
        Path output = nodes.path("output");
        List<String> lines = Collections.nCopies(LINES, "the same line, many times");
        Path input = Files.write(nodes.path("input"), lines);
        NodeProcess demo = nodes.command("demo", "demo", "--nodes", "5", "--once", "--input", input.toString(),
                "--output", output.toString());
        List<Path> received = IntStream.rangeClosed(2, 5).mapToObj(k -> output.resolve("node-" + k + ".txt")).toList();
        Eventually.until(() -> "they have everything: " + demo.out() + demo.err(), Nodes.SOON.multipliedBy(6),
                () -> received.stream().allMatch(file -> Nodes.lines(file).size() == LINES));

        Files.write(received.get(0), lines.subList(2, LINES));
        Files.write(received.get(1), List.of("one more", "and another"), StandardOpenOption.APPEND);
        Files.write(received.get(2), Stream.concat(Stream.of("another"), lines.stream().skip(1)).toList());

        assertEquals(1, demo.exitCode(Nodes.SOON), demo.err());
        assertTrue(demo.out().contains("publishing 1000 lines of " + input + " at node-1, receiving in " + output
                + " at 4 more"), demo.out());
        assertTrue(demo.out().endsWith("node-2 FAIL: 2 of 1000 lines are missing\n"
                + "node-3 FAIL: 2 lines more than the 1000 of the input\n"
                + "node-4 FAIL: as many lines as the input, but not the same\n"
                + "node-5 PASS: 1000 lines, each exactly once\n"), demo.out());
    }

    @Test
    void shouldGoOnWithoutANodeThatEndedByItselfAndEndWhenOneIsLeft() throws Exception {
        Path output = nodes.path("output");
        Path input = Files.write(nodes.path("input"), Collections.nCopies(LINES, "the same line, many times"));
        NodeProcess demo = nodes.command("demo", "demo", "--nodes", "3", "--input", input.toString(), "--output",
                output.toString());
        Eventually.until(() -> "the file is through: " + demo.out() + demo.err(), Nodes.SOON.multipliedBy(6),
                () -> demo.out().contains("100.0 %"));
        assertTrue(demo.out().startsWith("node-2: http://"), demo.out());
        assertTrue(demo.out().contains("then a few messages a second on the topic heartbeat, which no node writes down,"
                + " so that the pages above show traffic until Ctrl-C"), demo.out());
        assertTrue(demo.out().contains("copies are expected while a tree of links forms among so few nodes, then few or"
                + " none"), demo.out());
        assertTrue(demo.out().contains("  any JMX client service:jmx:rmi:"), demo.out());

        endFirst(demo);
        Eventually.until(() -> "it goes on: " + demo.out() + demo.err(), Nodes.SOON, () -> demo.out().contains(
                "node-2 ended by itself; see " + output.resolve("node-2.log")
                        + "; the others go on without it, and their pages say so"));
        Eventually.until(() -> "the table says so: " + demo.out(), Nodes.SOON,
                () -> demo.out().matches("(?s).*node-2 +[0-9a-f]+ ended  .*"));

        endFirst(demo);
        assertEquals(1, demo.exitCode(Nodes.SOON), demo.err());
        assertTrue(demo.err().contains("ippan-node: node-3 ended by itself; see " + output.resolve("node-3.log")),
                demo.err());
        assertTrue(demo.children().stream().noneMatch(ProcessHandle::isAlive));
    }

    private static void endFirst(NodeProcess demo) {
        demo.children().stream().filter(ProcessHandle::isAlive).min(Comparator.comparing(ProcessHandle::pid))
                .orElseThrow().destroyForcibly();
    }
}
