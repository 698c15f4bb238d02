// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** What is said when something stands still: it is waited for, so each takes 15 to 80 s. */
class StandstillAcceptance {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int LINES = 500_000;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldSayThatTheNodeDoesNotStopWhileABundleHangs() {
        IppanNode node = nodes.embed("node");
        CountDownLatch over = new CountDownLatch(1);
        node.bundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPING) {
                awaitEnd(over);
            }
        });

        NodeException late = assertThrows(NodeException.class, node::close);
        NodeException used = assertThrows(NodeException.class, () -> nodes.embed("node"));
        over.countDown();

        assertEquals("the node did not stop within 15 s: a bundle or a callback of the application hangs, a thread dump"
                + " (jstack) shows where; its directory stays locked until it has stopped", late.getMessage());
        assertTrue(used.getMessage().startsWith("another node uses "), used.getMessage());
        Eventually.until("its directory is free", Nodes.SOON, () -> {
            try {
                return nodes.embed("node").listenAddress().isPresent();
            } catch (NodeException e) {
                return false;
            }
        });
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pipe that no program reads cannot even be opened. */
    @Test
    void shouldSayThatItEndsByForceAndWhatIsLost() throws Exception {
        Path key = Files.writeString(nodes.path("key"), "0123456789abcdef0123456789abcdef\n");
        Programs.run(nodes.path("."), "mkfifo", "pipe");
        NodeProcess node = nodes.launch("node", Nodes.ANY_PORT, "--key-file", key.toString(), "--subscribe", "*",
                "--output", nodes.path("pipe").toString());
        Eventually.until(() -> "it has read its key: " + node.err(), Nodes.SOON, () -> node.err().contains("WARN"));

        node.terminate();

        assertEquals(1, node.exitCode(LONG), node.err());
        assertTrue(node.err().contains("ippan-node: did not stop within 20 s, so it ends by force; what was accepted"
                + " but not sent or saved by now is lost"), node.err());
    }

    @Test
    void shouldSayWhichServicesItCannotRunWithout() throws Exception {
        NodeProcess node = nodes.launch(DamagedJarIT.without(nodes.path("gossipless.jar"),
                "/bundles/org.ippan.network.gossip"), "node");

        assertEquals(1, node.exitCode(LONG), node.err());
        assertTrue(node.err().contains("ippan-node: the node cannot run: services absent: gossip; the log says why"),
                node.err());
    }

    private NodeProcess demo(String name, String... options) {
        List<String> all = new ArrayList<>(List.of("demo", "--output", nodes.path(name).toString()));
        all.addAll(List.of(options));
        return nodes.command(name + "-demo", all.toArray(String[]::new));
    }

    private static void await(String what, NodeProcess demo, BooleanSupplier condition) {
        Eventually.until(() -> what + ": " + demo.out() + demo.err(), LONG, condition);
    }

    /** A process of the demo, stopped where it is. */
    private void pause(NodeProcess demo, int number) {
        Programs.run(nodes.path("."), "kill", "-STOP", String.valueOf(demo.children().stream()
                .sorted(Comparator.comparing(ProcessHandle::pid)).toList().get(number).pid()));
    }

    private void says(NodeProcess demo, String sentence) {
        assertEquals(1, demo.exitCode(LONG), demo.err());
        assertTrue(demo.err().contains(sentence), sentence + " in " + demo.err());
    }

    @Test
    void shouldSayWhichNodesOfTheDemoStandStill() throws Exception {
        Path input = Files.write(nodes.path("input"), Collections.nCopies(LINES, "the same line, many times"));
        NodeProcess unready = demo("unready", "--nodes", "2");
        await("it starts", unready, () -> !unready.children().isEmpty());
        pause(unready, 0);
        NodeProcess apart = demo("apart", "--nodes", "3");
        await("two start", apart, () -> apart.children().size() == 2);
        pause(apart, 0);
        NodeProcess stalled = demo("stalled", "--nodes", "2", "--once", "--input", input.toString());
        await("lines come", stalled, () -> Nodes.size(nodes.path("stalled").resolve("node-2.txt")) > 0);
        pause(stalled, 1);

        says(unready, "ippan-node: node-2 is not ready after 60 s; see the logs in " + nodes.path("unready"));
        says(apart, "ippan-node: the nodes do not connect to each other after 60 s; see the logs in "
                + nodes.path("apart"));
        says(apart, "ippan-node: cannot reach node-2 over JMX: ");
        says(stalled, "ippan-node: nothing came any more for 60 s; see the logs in " + nodes.path("stalled"));
    }
}
