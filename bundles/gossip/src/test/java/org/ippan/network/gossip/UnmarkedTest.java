// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the deduplicator is away nothing decides between copies that come at once but the logs. */
class UnmarkedTest {

    private static final int ROUNDS = 20_000;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final GossipThreads threads = new GossipThreads(failures::add);
    private final GossipCore core = new GossipCore(threads.environment(FakeNode.FAULTS), GossipSettings.of(
            GossipSettings.SCHEMA.parse(Map.of("listenerQueue", "100000", "validationQueueMessages", "1000000"))),
            () -> new byte[16], (type, text) -> { });
    private final AtomicInteger received = new AtomicInteger();

    @BeforeEach
    void loseTheDeduplicator() {
        core.deduplicator(new FakeDedup());
        core.deduplicator(null);
        core.subscriptions.listener(message -> received.incrementAndGet(), Map.of(GossipListener.TOPIC, "*"));
    }

    @AfterEach
    void stop() {
        core.stop();
        threads.stop(() -> { });
    }

    /** Has two threads do each round at about the same time. */
    private void twice(IntConsumer... works) throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(works.length);
        List<Thread> both = new ArrayList<>();
        for (IntConsumer work : works) {
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; i < ROUNDS; i++) {
                        if (i % 64 == 0) {
                            barrier.await(10, TimeUnit.SECONDS);
                        }
                        work.accept(i);
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            thread.start();
            both.add(thread);
        }
        for (Thread thread : both) {
            thread.join(30_000);
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private IntConsumer sender(int peer) {
        FrameReceiver receiver = core.linkUp(new ThreadLink(Peers.peer(peer)), true);
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, Integer.BYTES);
        return number -> {
            try {
                receiver.frame(FrameType.GOSSIP, 0, ByteBuffer.allocate(head.length + Integer.BYTES).put(head)
                        .putInt(number).flip());
                receiver.readComplete();
            } catch (ProtocolException e) {
                failures.add(e);
            }
        };
    }

    private void awaitDelivery() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while ((received.get() < ROUNDS || !core.subscriptions.isDrained()) && System.nanoTime() < deadline) {
            Thread.yield();
        }
    }

    @Test
    void shouldDeliverOnceWhatTwoLinksBringAtOnce() throws InterruptedException {
        twice(sender(1), sender(2));
        awaitDelivery();

        assertEquals(ROUNDS, received.get());
        assertEquals(ROUNDS, core.snapshot().duplicates());
    }

    @Test
    void shouldValidateOnceWhatTwoLinksBringAtOnce() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        core.subscriptions.validator(message -> {
            asked.incrementAndGet();
            return Verdict.ACCEPT;
        }, Map.of(MessageValidator.TOPIC, "*"));

        twice(sender(1), sender(2));
        awaitDelivery();

        assertEquals(ROUNDS, asked.get());
        assertEquals(ROUNDS, received.get());
    }

    @Test
    void shouldAcceptOnceWhatTwoPublishersPublishAtOnce() throws InterruptedException {
        core.linkUp(new ThreadLink(Peers.peer(1)), true);
        AtomicInteger accepted = new AtomicInteger();
        IntConsumer publisher = number -> {
            if (number < 4000 && core.publish(FakeNode.message("m" + number)).accepted()) {
                accepted.incrementAndGet();
            }
        };

        twice(publisher, publisher);

        assertEquals(4000, accepted.get());
    }
}
