// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Priority;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deduplicator goes or changes while a message is marked and in no log yet: no other copy of it may be taken in. */
class DedupChangeTest {

    private static final long WHILE_MILLIS = 300;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final GossipThreads threads = new GossipThreads(failures::add);
    private final GossipCore core = new GossipCore(threads.environment(FakeNode.FAULTS),
            GossipSettings.of(GossipSettings.SCHEMA.parse(Map.of())), () -> new byte[16], (type, text) -> { });
    private final AtomicInteger received = new AtomicInteger();
    private final CountDownLatch marked = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    /** Has marked an id, and does not return from that yet. */
    private final class Hesitant implements MessageDeduplicator {

        private final FakeDedup marks = new FakeDedup();

        @Override
        public boolean checkAndMark(long word0, long word1, long word2, long word3) {
            boolean fresh = marks.checkAndMark(word0, word1, word2, word3);
            marked.countDown();
            try {
                assertTrue(goesOn.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return fresh;
        }

        @Override
        public boolean hasSeen(long word0, long word1, long word2, long word3) {
            return marks.hasSeen(word0, word1, word2, word3);
        }

        @Override
        public int size() {
            return marks.size();
        }

        @Override
        public void clear() {
            marks.clear();
        }

        @Override
        public DedupSnapshot snapshot() {
            return marks.snapshot();
        }
    }

    @BeforeEach
    void listen() {
        core.subscriptions.listener(message -> received.incrementAndGet(), Map.of(GossipListener.TOPIC, "*"));
    }

    @AfterEach
    void stop() {
        core.stop();
        threads.stop(() -> { });
    }

    private Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
        thread.start();
        return thread;
    }

    /** Brings the message by a link of its own. */
    private Runnable sender(int peer) {
        FrameReceiver receiver = core.linkUp(new ThreadLink(Peers.peer(peer)), true);
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, 1);
        return () -> {
            try {
                receiver.frame(FrameType.GOSSIP, 0, ByteBuffer.allocate(head.length + 1).put(head).rewind());
                receiver.readComplete();
            } catch (ProtocolException e) {
                failures.add(e);
            }
        };
    }

    private void assertTakenInOnceThough(MessageDeduplicator next) throws InterruptedException {
        core.deduplicator(new Hesitant());
        Thread first = start(sender(1));
        assertTrue(marked.await(10, TimeUnit.SECONDS));
        Thread change = start(() -> core.deduplicator(next));
        change.join(WHILE_MILLIS);
        Thread second = start(sender(2));
        second.join(WHILE_MILLIS);
        goesOn.countDown();
        for (Thread each : new Thread[] {first, change, second}) {
            each.join(TimeUnit.SECONDS.toMillis(10));
        }
        Eventually.until("all is delivered", Duration.ofSeconds(10), core.subscriptions::isDrained);

        assertTrue(failures.isEmpty(), failures.toString());
        assertEquals(1, received.get());
        assertEquals(1, core.snapshot().duplicates());
    }

    @Test
    void shouldDeliverOnceWhenItGoes() throws InterruptedException {
        assertTakenInOnceThough(null);
    }

    @Test
    void shouldDeliverOnceWhenAnotherComesInItsPlace() throws InterruptedException {
        assertTakenInOnceThough(new FakeDedup());
    }
}
