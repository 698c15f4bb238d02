// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A listener that is slower than the network holds others up for seconds only, loses nothing, and costs no points. */
class SlowListenerIT {

    private static final int MESSAGES = 10_000;
    private static final Duration TO_ARRIVE = Duration.ofSeconds(90);
    /** What a shared machine may add to a short run; the slow listener takes twenty seconds and more. */
    private static final Duration NOISE = Duration.ofSeconds(4);
    private static final int AT_MOST_TIMES = 2;
    /**
     * Others wait for a link alone for 5 s, then no longer. It is busy, and not waited for, in the second after one in
     * which it took a MiB, as it does while the buffers up to its listener fill; a second is looked at every quarter.
     */
    private static final Duration PATIENCE = Duration.ofMillis(5_000 + 1_250);
    /** Enough in all that a link which is not read has more before it than publishers may have waiting. */
    private static final int BYTES = 1024;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldHoldOthersUpForSecondsOnlyLoseNothingAndCostNoPeerAPoint() throws Exception {
        IppanNode publisher = nodes.embed("publisher");
        IppanNode fast = nodes.embed("fast", Nodes.address(publisher));
        IppanNode slow = nodes.embed("slow", Nodes.address(publisher), Nodes.address(fast));
        List.of(publisher, fast, slow).forEach(node -> Nodes.awaitPeers(node, 2));
        measure("warm-up", publisher, fast, slow, 0);

        Duration usual = measure("usual", publisher, fast, slow, 0);
        Duration beside = measure("beside", publisher, fast, slow, TimeUnit.MILLISECONDS.toNanos(2));

        String times = "the fast node needed " + usual.toMillis() + " ms, and " + beside.toMillis()
                + " ms beside a slow one";
        System.out.println(times);
        assertTrue(beside.compareTo(usual.multipliedBy(AT_MOST_TIMES).plus(PATIENCE).plus(NOISE)) <= 0, times);
        for (IppanNode node : List.of(publisher, fast, slow)) {
            ReputationManager reputation = node.service(ReputationManager.class);
            reputation.peers().forEach(peer ->
                    assertTrue(reputation.score(peer).value() >= 0, peer + " has " + reputation.score(peer)));
            Nodes.awaitPeers(node, 2);
        }
    }

    /** Publishes at full speed; returns when all have all, with how long the fast node waited for the last message. */
    private static Duration measure(String name, IppanNode publisher, IppanNode fast, IppanNode slow, long nanosEach)
            throws Exception {
        Topic topic = Topic.of(name);
        Counting atFast = new Counting(0);
        Counting atSlow = new Counting(nanosEach);
        IppanNode.Registration first = fast.subscribe(name, atFast);
        IppanNode.Registration second = slow.subscribe(name, atSlow);
        long begin = System.nanoTime();
        for (int i = 0; i < MESSAGES; i++) {
            publish(publisher, Message.of(topic, Arrays.copyOf((name + i).getBytes(StandardCharsets.UTF_8), BYTES)));
        }
        Eventually.until(() -> atFast.seen.size() + " of all at the fast node: " + fast.gossip().snapshot(),
                TO_ARRIVE, () -> atFast.seen.size() == MESSAGES);
        Duration took = Duration.ofNanos(atFast.lastNanos.get() - begin);
        Eventually.until(() -> atSlow.seen.size() + " of all at the slow node: " + slow.gossip().snapshot(),
                TO_ARRIVE, () -> atSlow.seen.size() == MESSAGES);
        first.close();
        second.close();

        assertEquals(MESSAGES, atFast.calls.get(), "deliveries at the fast node");
        assertEquals(MESSAGES, atSlow.calls.get(), "deliveries at the slow node");
        return took;
    }

    private static void publish(IppanNode node, Message message) throws Exception {
        PublishResult.Status status = node.gossip().publish(message).status();
        while (status == PublishResult.Status.BACKPRESSURE) {
            node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture().get(30, TimeUnit.SECONDS);
            status = node.gossip().publish(message).status();
        }
        assertEquals(PublishResult.Status.ACCEPTED, status);
    }

    /** Counts what it gets, and takes its time. */
    private static final class Counting implements GossipListener {

        private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong lastNanos = new AtomicLong();
        private final long nanosEach;

        Counting(long nanosEach) {
            this.nanosEach = nanosEach;
        }

        @Override
        public void onMessage(ReceivedMessage message) {
            if (nanosEach > 0) {
                LockSupport.parkNanos(nanosEach);
            }
            calls.incrementAndGet();
            lastNanos.set(System.nanoTime());
            seen.put(new String(message.payloadBytes(), StandardCharsets.UTF_8), true);
        }
    }
}
