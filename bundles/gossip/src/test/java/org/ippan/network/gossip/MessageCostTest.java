// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that are allocated for a message once the memory of logs is used again. */
class MessageCostTest {

    private static final int PAYLOAD = 256;
    /** So many are read in one go. */
    private static final int BATCH = 64;
    private static final int BATCHES = 300;
    /** The message itself, and its part of what is made for a batch. */
    private static final int BESIDE = 128;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1, Map.of("cacheBytes", 4 << 20));
    private final ByteBuffer[] bodies = new ByteBuffer[BATCH];
    private final Message[] messages = new Message[BATCH];
    private FakeLink link;
    private int delivered;
    private long nonce;

    /** Knows no id, and allocates nothing for one. */
    private static final class Forgetful implements MessageDeduplicator {

        @Override
        public boolean checkAndMark(long word0, long word1, long word2, long word3) {
            return true;
        }

        @Override
        public boolean hasSeen(long word0, long word1, long word2, long word3) {
            return false;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public void clear() {
        }

        @Override
        public DedupSnapshot snapshot() {
            throw new UnsupportedOperationException();
        }
    }

    private interface Step {

        void run() throws ProtocolException;
    }

    @BeforeEach
    void connect() {
        node.segmentBytes = 1 << 16;
        node.restart();
        // What stands in for it in tests makes objects.
        node.core.reputation(null);
        node.listen(message -> delivered++);
        link = node.connect(new FakeNode(time, 2));
    }

    /**
     * Bytes for each message in the second half of a run.
     *
     * @param prepare makes what the step needs, which does not count
     * @param step is done for a batch
     */
    private long each(Runnable prepare, Step step) throws ProtocolException {
        long bytes = 0;
        for (int i = -BATCHES; i < BATCHES; i++) {
            prepare.run();
            long before = threads.getCurrentThreadAllocatedBytes();
            step.run();
            bytes += i < 0 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes / (BATCHES * BATCH);
    }

    /** Time for what is under way, and the next messages. */
    private void come() {
        time.advance(Duration.ofMillis(20));
        for (int i = 0; i < BATCH; i++) {
            byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, nonce++, PAYLOAD);
            bodies[i] = ByteBuffer.allocate(head.length + PAYLOAD).put(0, head);
        }
    }

    private void receive() throws ProtocolException {
        receive(bodies);
    }

    private void receive(ByteBuffer[] together) throws ProtocolException {
        for (ByteBuffer body : together) {
            link.receiver.frame(FrameType.GOSSIP, 0, body);
        }
        link.receiver.readComplete();
    }

    @Test
    void shouldAllocateNothingForADuplicate() throws ProtocolException {
        come();
        receive();

        assertEquals(0, each(() -> { }, this::receive));
        assertEquals(2L * BATCHES * BATCH, node.snapshot().duplicates());
    }

    /** An object for each read would hide among those that come together. */
    @Test
    void shouldAllocateNothingForADuplicateThatComesAlone() throws ProtocolException {
        come();
        receive();

        ByteBuffer[] alone = {bodies[0]};

        assertEquals(0, each(() -> { }, () -> {
            for (int i = 0; i < BATCH; i++) {
                receive(alone);
            }
        }));
        assertEquals(2L * BATCHES * BATCH, node.snapshot().duplicates());
    }

    @Test
    void shouldAllocateLittleBesideThePayloadForADelivery() throws ProtocolException {
        node.core.deduplicator(new Forgetful());

        long bytes = each(this::come, this::receive);

        assertTrue(bytes <= PAYLOAD + BESIDE, bytes + " bytes for each delivery");
        time.runDue();
        assertEquals(2 * BATCHES * BATCH, delivered);
    }

    @Test
    void shouldAllocateNoMoreThanItsResultForWhatIsPublished() throws ProtocolException {
        node.core.deduplicator(new Forgetful());

        long bytes = each(this::write, () -> {
            for (Message message : messages) {
                assertTrue(node.core.publish(message).accepted());
            }
        });

        assertTrue(bytes <= BESIDE, bytes + " bytes for each message");
    }

    private void write() {
        time.advance(Duration.ofMillis(20));
        Arrays.setAll(messages, i -> new Message(FakeNode.TOPIC, new byte[PAYLOAD], Priority.NORMAL, nonce++));
    }
}
