// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;

/** A node whose validators run on threads of the test, beside a peer that publishes. Time is manual. */
abstract class ValidatorTrial {

    static final Duration SOON = Duration.ofMillis(50);

    final ManualScheduler time = new ManualScheduler();
    final FakeNode alice = new FakeNode(time, 1);
    final FakeNode node = new FakeNode(time, 2);
    final ConcurrentLinkedDeque<Runnable> calls = new ConcurrentLinkedDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    final Blocking blocking = new Blocking();

    /** Blocks on messages whose text begins with "hang", until it is released, or interrupted if it listens to that. */
    static final class Blocking implements MessageValidator {

        final CountDownLatch released = new CountDownLatch(1);
        final AtomicInteger entered = new AtomicInteger();
        final AtomicInteger interrupted = new AtomicInteger();
        final List<String> asked = new ArrayList<>();
        volatile boolean deaf;

        @Override
        public Verdict validate(ReceivedMessage message) {
            synchronized (asked) {
                asked.add(FakeNode.text(message));
            }
            entered.incrementAndGet();
            while (FakeNode.text(message).startsWith("hang")) {
                try {
                    released.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    if (!deaf) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            return Verdict.ACCEPT;
        }
    }

    @AfterEach
    void release() throws InterruptedException {
        blocking.released.countDown();
        for (Thread thread : threads) {
            thread.join(10_000);
            assertFalse(thread.isAlive(), thread.getName());
        }
    }

    void start(Map<String, String> settings) {
        settings.forEach(node.settings::put);
        node.core = new GossipCore(node.environment(calls::add, time), node.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        node.core.reputation(node.reputation);
        node.core.deduplicator(node.dedup);
        node.listen(message -> node.received.add(message.topic() + ":" + FakeNode.text(message)));
        alice.connect(node);
    }

    void publish(String topic, String text) {
        assertTrue(alice.core.publish(Message.of(Topic.of(topic), text.getBytes())).accepted());
    }

    void publish(String topic, String text, int count) {
        IntStream.range(0, count).forEach(i -> publish(topic, text + i));
    }

    /** Runs the calls of validators that are due, each on a thread of its own, until they block or are done. */
    void runCalls(int blocked) throws InterruptedException {
        time.advance(SOON);
        for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
            Thread thread = new Thread(call, "validator");
            thread.start();
            threads.add(thread);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (threads.stream().filter(Thread::isAlive).filter(thread -> thread.getState() != Thread.State.WAITING)
                .findAny().isPresent() || threads.stream().filter(Thread::isAlive).count() != blocked) {
            assertTrue(System.nanoTime() < deadline, "threads blocked: "
                    + threads.stream().filter(Thread::isAlive).map(Thread::getState).toList() + ", not " + blocked);
            Thread.onSpinWait();
        }
        time.advance(SOON);
    }

    List<CallbackFault> faults(CallbackProblem problem) {
        return node.faults.callbackFaults().stream().filter(fault -> fault.problem() == problem).toList();
    }
}
