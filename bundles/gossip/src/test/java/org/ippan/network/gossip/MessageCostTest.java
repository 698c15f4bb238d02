// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class DuplicateCostTest {

    private static final int ROUNDS = 20_000;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);
    private final FakeLink link = node.connect(new FakeNode(time, 2));

    private long allocated(ByteBuffer body) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            body.rewind();
            link.give(FrameType.GOSSIP, 0, body);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldAllocateNothingForADuplicate() {
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, 256);
        ByteBuffer body = ByteBuffer.allocate(head.length + 256).put(head).limit(head.length + 256);
        allocated(body);

        long bytes = allocated(body);

        assertTrue(bytes < ROUNDS, bytes + " bytes for " + ROUNDS + " duplicates");
        assertEquals(2 * ROUNDS - 1, node.snapshot().duplicates());
    }
}
