// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.benchmarks.runner.Outcome;
import org.ippan.network.benchmarks.runner.Session;
import org.ippan.network.benchmarks.scenario.Product;
import org.junit.jupiter.api.Test;

/** The benchmarks can be run: a few messages of our nodes and of bare Netty, in processes of their own. */
class BenchmarksIT {

    private static final int MESSAGES = 200;
    private static final int NODES = 3;

    @Test
    void shouldPlayOurNodesAndBareNettyAndLoseNothing() throws Exception {
        Path folder = Path.of("target", "smoke");
        Arguments arguments = Arguments.parse(List.of("--product=ours,netty", "--nodes=" + NODES,
                "--messages=" + MESSAGES, "--heap=256m", "--rounds=1", "--folder=" + folder));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        List<Outcome> outcomes = new Session(arguments.scenarios(), arguments.options(),
                new PrintStream(printed, true, StandardCharsets.UTF_8)).play();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(List.of(Product.OURS, Product.NETTY),
                outcomes.stream().map(outcome -> outcome.scenario().product()).toList());
        for (Outcome outcome : outcomes) {
            assertEquals("", outcome.failure());
            assertEquals(MESSAGES, outcome.published(), text);
            assertEquals(MESSAGES * (NODES - 1), outcome.figures().distinct(), text);
            assertEquals(0, outcome.missing() + outcome.warmUpMissing() + outcome.figures().doubled(), text);
            assertTrue(outcome.figures().usage().allocated() > 0, text);
        }
        // Bare Netty may need less for so few than the system's clock of it can tell.
        assertTrue(outcomes.get(0).figures().usage().cpuNanos() > 0, text);
        assertEquals(2 * MESSAGES, outcomes.get(0).counters().get("published")[0], text);
        for (String column : List.of("| case |", "deliveries/s", "CPU us", "bytes allocated", "p50 ms", "p99 ms",
                "max ms", "longest GC ms", "live heap MiB", "missing", "doubled", "out of order")) {
            assertTrue(text.contains(column), column + " is not in " + text);
        }
        assertEquals(1 + outcomes.size(), Files.readAllLines(folder.resolve("runs.csv")).size());
    }
}
