// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The core on real threads: what no simulation on one thread can show. */
class ThreadsTest {

    private static final int NODES = 3;
    private static final int MESSAGES = 10_000;

    private final List<GossipThreads> pools = new ArrayList<>();
    private final List<GossipCore> cores = new ArrayList<>();
    private final List<ThreadLink> links = new ArrayList<>();
    private final List<AtomicInteger> received = new ArrayList<>();
    private final List<Set<MessageId>> distinct = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private void mesh(Map<String, ?> settings) {
        for (int i = 0; i < NODES; i++) {
            GossipThreads threads = new GossipThreads(failures::add);
            GossipCore core = new GossipCore(threads.environment(FakeNode.FAULTS),
                    GossipSettings.of(GossipSettings.SCHEMA.parse(settings)), () -> new byte[16], (type, text) -> { });
            core.deduplicator(new FakeDedup());
            AtomicInteger count = new AtomicInteger();
            Set<MessageId> ids = ConcurrentHashMap.newKeySet();
            core.subscriptions.listener(message -> {
                ids.add(message.id());
                count.incrementAndGet();
            }, Map.of(GossipListener.TOPIC, "*"));
            pools.add(threads);
            cores.add(core);
            received.add(count);
            distinct.add(ids);
        }
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < i; j++) {
                connect(i, j);
            }
        }
    }

    private void connect(int left, int right) {
        ThreadLink one = new ThreadLink(Peers.peer(right));
        ThreadLink two = new ThreadLink(Peers.peer(left));
        one.other = two;
        two.other = one;
        one.receiver = cores.get(left).linkUp(one, true);
        two.receiver = cores.get(right).linkUp(two, true);
        for (ThreadLink link : List.of(one, two)) {
            links.add(link);
            Thread thread = new Thread(link, "link");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
            thread.start();
        }
    }

    private void publish(int node, int count) {
        GossipCore core = cores.get(node);
        for (int i = 0; i < count; i++) {
            while (!core.publish(FakeNode.message(node + ":" + i)).accepted()) {
                core.whenWritable(Priority.NORMAL).toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS).join();
            }
        }
    }

    private void publishByAllAndWait() throws InterruptedException {
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            int node = i;
            Thread publisher = new Thread(() -> publish(node, MESSAGES));
            publisher.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
            publisher.start();
            publishers.add(publisher);
        }
        for (Thread publisher : publishers) {
            publisher.join(30_000);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline
                && received.stream().anyMatch(count -> count.get() < (NODES - 1) * MESSAGES)) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private void assertAllHaveAllOnce() {
        for (int i = 0; i < NODES; i++) {
            assertEquals((NODES - 1) * MESSAGES, received.get(i).get(), cores.get(i).snapshot().toString());
            assertEquals((NODES - 1) * MESSAGES, distinct.get(i).size());
        }
        assertTrue(failures.isEmpty(), failures.toString());
    }

    @AfterEach
    void stop() {
        links.forEach(link -> link.close(null, ""));
        for (int i = 0; i < cores.size(); i++) {
            GossipCore core = cores.get(i);
            core.stop();
            pools.get(i).drain(core.remainder()::isDelivered, core.remainder()::isSent);
            pools.get(i).stop(core::close);
        }
    }

    @Test
    void shouldDeliverEverythingOnceWhenAllPublishAtFullSpeed() throws InterruptedException {
        mesh(Map.of());

        publishByAllAndWait();

        assertAllHaveAllOnce();
        cores.forEach(core -> assertEquals(0, core.room.messages()));
    }

    /** What an application does when it is told that the node stops is no reason not to stop. */
    @Test
    void shouldStopThoughPublishersHangThatAreToldSo() throws Exception {
        mesh(Map.of("minPeers", "5"));
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> hangs = cores.get(0).publishAsync(FakeNode.message("a")).toCompletableFuture()
                .thenRun(() -> Uninterrupted.await(Ticker.system(), 60_000, nanos -> {
                    over.await();
                    return true;
                }));
        CompletableFuture<PublishResult> told = cores.get(0).publishAsync(FakeNode.message("b"))
                .toCompletableFuture();

        Thread stopping = new Thread(() -> {
            cores.get(0).stop();
            pools.get(0).stop(cores.get(0)::close);
        }, "stopping");
        stopping.start();
        stopping.join(TimeUnit.SECONDS.toMillis(20));
        boolean stopped = !stopping.isAlive();
        boolean hung = !hangs.isDone();
        over.countDown();

        assertTrue(stopped);
        assertTrue(hung);
        assertEquals(PublishResult.Status.CLOSED, told.get(10, TimeUnit.SECONDS).status());
    }

    /** As a link does that comes up while the bundle stops. */
    @Test
    void shouldDiscardWhatIsToBeDoneLaterOnceItHasStopped() {
        GossipThreads threads = new GossipThreads(failures::add);
        threads.stop(() -> { });

        threads.environment(FakeNode.FAULTS).relay().schedule(() -> failures.add(new AssertionError("late")), 0,
                TimeUnit.NANOSECONDS);

        assertTrue(failures.isEmpty(), failures.toString());
    }

    @Test
    void shouldDeliverEverythingOnceThroughSmallQueuesAndValidators() throws InterruptedException {
        mesh(Map.of("validatorThreads", "3", "listenerQueue", "64", "validationQueueMessages", "256"));
        cores.forEach(core -> core.subscriptions.validator(message -> Verdict.ACCEPT,
                Map.of(MessageValidator.TOPIC, "*")));

        publishByAllAndWait();

        assertAllHaveAllOnce();
        cores.forEach(core -> assertEquals(0, core.snapshot().validationBytes()));
    }
}
