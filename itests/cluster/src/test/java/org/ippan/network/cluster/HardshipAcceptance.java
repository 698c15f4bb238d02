// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ObjectName;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Cable;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What others feel of a node that stands still or has a narrow line, and of a console that asks without end, at rates
 * that a network has on usual days. {@code docs/testing.md} has the command.
 */
class HardshipAcceptance {

    private static final String PEERS = "org.ippan.network.peers";
    private static final int SMALL = 200;
    private static final int KIB = 1000;
    private static final int BEFORE_SECONDS = 8;
    /** 1 Mbit/s. */
    private static final int NARROW = 125_000;
    private static final int NARROW_SECONDS = 15;
    private static final int CALLERS = 4;
    private static final int CALL_SECONDS = 10;
    /** A delay grows by a fifth at most, or it is below what a machine of two processors adds now and then. */
    private static final double GROWTH = 1.2;
    private static final double NOISE_MILLIS = 50;
    private static final long MOST_QUEUED = 4 << 20;
    private static final Duration TO_COME_BACK = Duration.ofSeconds(10);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<IppanNode> honest = new ArrayList<>();
    private volatile boolean over;

    /** One that has the links it is told to have. */
    private IppanNode linked(String name, String... peers) {
        return nodes.embed(name, builder -> builder.set(PEERS, "outboundTarget", "0"), peers);
    }

    private void mesh(int count) {
        for (int i = 0; i < count; i++) {
            honest.add(linked("node-" + i, honest.stream().map(Nodes::address).toArray(String[]::new)));
        }
        honest.forEach(node -> Nodes.awaitPeers(node, count - 1));
    }

    /** What it takes on usual days, after the first seconds, in which code is compiled. */
    private static double usualDelay(Load load) throws InterruptedException {
        delay(load, BEFORE_SECONDS / 2);
        return delay(load, BEFORE_SECONDS);
    }

    private static double delay(Load load, int seconds) throws InterruptedException {
        load.delays().clear();
        TimeUnit.SECONDS.sleep(seconds);
        return load.delays().millis(99);
    }

    private static void assertNotDelayed(String what, double before, double meanwhile) {
        System.out.printf(Locale.ROOT, "%s: p99 %.1f ms before, %.1f ms meanwhile%n", what, before, meanwhile);
        assertTrue(meanwhile <= Math.max(GROWTH * before, NOISE_MILLIS), what + ": " + meanwhile + " ms");
    }

    /** For 20 s, and for so long that its links are given up. */
    @Test
    void shouldNotDelayOthersWhileANodeStandsStill() throws Exception {
        mesh(3);
        NodeProcess stranger = nodes.run("stranger", Nodes.ANY_PORT, "--peers",
                String.join(",", honest.stream().map(Nodes::address).toList()));
        honest.forEach(node -> Nodes.awaitPeers(node, 3));
        try (Load load = new Load(honest.get(0), honest.subList(1, 3), SMALL, 100)) {
            double before = usualDelay(load);
            for (int seconds : new int[] {20, 60}) {
                stranger.pause();
                double meanwhile = delay(load, seconds);
                long queued = honest.stream().flatMap(node -> node.gossip().snapshot().outbound().stream())
                        .mapToLong(OutboundSnapshot::lagBytes).max().orElseThrow();
                stranger.resume();
                long begin = System.nanoTime();
                honest.forEach(node -> Eventually.until(() -> "it is back: " + node.peers().peers(), TO_COME_BACK,
                        () -> node.peers().connected().size() == 3));
                System.out.printf(Locale.ROOT, "back %d ms after %d s, %d bytes were queued at most%n",
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), seconds, queued);

                assertNotDelayed(seconds + " s", before, meanwhile);
                assertTrue(queued <= MOST_QUEUED, queued + " bytes");
            }
            load.settle();
        }

        for (IppanNode node : honest) {
            ReputationManager scores = node.service(ReputationManager.class);
            assertTrue(scores.peers().stream().noneMatch(peer -> scores.score(peer).standing() == Standing.BANNED));
        }
        assertTrue(stranger.alive() && !stranger.err().contains("banned"), stranger::err);
    }

    /** More is published than the line carries: what is urgent arrives, and what is not makes others wait no longer. */
    @Test
    void shouldSendWhatIsUrgentOverANarrowLineAndDelayNoOthers() throws Exception {
        mesh(2);
        IppanNode publisher = honest.get(0);
        try (Cable cable = new Cable(publisher.listenAddress().orElseThrow())) {
            cable.narrow(NARROW);
            IppanNode narrow = linked("narrow", cable.address());
            Nodes.awaitPeers(publisher, 2);
            Delays urgent = new Delays();
            Delays other = new Delays();
            narrow.subscribe(Load.topic(Priority.HIGH).name(), urgent);
            narrow.subscribe(Load.topic(Priority.LOW).name(), other);
            try (Load high = new Load(publisher, honest.subList(1, 2), Priority.HIGH, KIB, 20)) {
                double before = usualDelay(high);
                double meanwhile;
                long low;
                long late;
                try (Load bulk = new Load(publisher, honest.subList(1, 2), Priority.LOW, KIB, 300)) {
                    meanwhile = delay(high, NARROW_SECONDS);
                    low = bulk.published();
                    late = low - other.count();
                    bulk.settle();
                }
                high.settle();
                assertNotDelayed("urgent, beside a narrow line", before, meanwhile);
                long all = low;
                Eventually.until(() -> urgent.count() + " of " + high.published() + " HIGH, " + other.count() + " of "
                        + all + " LOW; " + publisher.gossip().snapshot(), Nodes.SOON,
                        () -> urgent.count() == high.published() && other.count() >= all);
                System.out.printf(Locale.ROOT, "narrow line: %d LOW published, %d late after %d s; p50 %.0f ms HIGH,"
                        + " %.0f ms LOW; all arrived%n", low, late, NARROW_SECONDS, urgent.millis(50),
                        other.millis(50));

                assertTrue(late > 0, "the line was not narrow");
                assertTrue(low >= 300 * NARROW_SECONDS * 95 / 100, low + " published");
                assertTrue(urgent.millis(50) < other.millis(50), "HIGH waits behind LOW");
            }
        }
    }

    /** At a node on the way of messages: dear questions, arguments without sense, and a listener that hangs. */
    @Test
    void shouldPassMessagesOnWhileConsolesAskWithoutEnd() throws Exception {
        IppanNode publisher = linked("publisher");
        NodeProcess middle = nodes.run("middle", Nodes.ANY_PORT, "--jmx", "0", "--peers", Nodes.address(publisher),
                "--set", PEERS + ":outboundTarget=0");
        IppanNode receiver = linked("receiver", middle.listen());
        Nodes.awaitPeers(publisher, 1);
        Nodes.awaitPeers(receiver, 1);
        AtomicLong calls = new AtomicLong();
        List<Thread> callers = new ArrayList<>();
        try (Load load = new Load(publisher, List.of(receiver), SMALL, 100);
                JmxClient hanging = JmxClient.connect(middle)) {
            hanging.beans().addNotificationListener(JmxClient.name("Node"), (notification, handback) -> hang(), null,
                    null);
            double before = usualDelay(load);
            long published = load.published();
            for (int i = 0; i < CALLERS; i++) {
                Thread caller = new Thread(() -> call(middle, calls), "caller");
                caller.start();
                callers.add(caller);
            }
            double meanwhile = delay(load, CALL_SECONDS);
            published = load.published() - published;
            over = true;
            for (Thread caller : callers) {
                caller.join();
            }
            System.out.printf(Locale.ROOT, "%d calls a second; %d messages, p99 %.1f ms before, %.1f ms"
                    + " meanwhile%n", calls.get() / CALL_SECONDS, published, before, meanwhile);
            load.settle();

            assertTrue(published >= 100 * CALL_SECONDS * 95 / 100, published + " published");
            assertTrue(meanwhile <= 1000, meanwhile + " ms");
        }
        try (JmxClient client = JmxClient.connect(middle)) {
            assertTrue(client.ask("Node", "doctor").contains("OK"));
        }
        middle.terminate();
        assertEquals(0, middle.exitCode(Nodes.SOON), middle::err);
    }

    private void hang() {
        Eventually.until("the test is over", Nodes.SOON, () -> over);
    }

    private void call(NodeProcess node, AtomicLong calls) {
        try (JmxClient client = JmxClient.connect(node)) {
            while (!over) {
                client.call("Node", "doctor");
                client.beans().queryNames(new ObjectName("*:*"), null);
                for (int i = 0; i < 20; i++) {
                    client.get("Reputation", "BanThreshold");
                }
                calls.addAndGet(isRefused(client) ? 23 : 0);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRefused(JmxClient client) {
        try {
            client.call("Node", "explainPeer", "no such peer \u0000");
            return false;
        } catch (Exception e) {
            return true;
        }
    }
}
