// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.junit.jupiter.api.Test;

/** The control frames of one connection. */
final class ControlQueueTest {

    private final LongAdder dropped = new LongAdder();
    private final ControlQueue queue = new ControlQueue(dropped, new ControlQueue.Room(Long.MAX_VALUE));

    private int fill(OutboundFrame frame) {
        int taken = 0;
        while (queue.offer(frame)) {
            taken++;
        }
        return taken;
    }

    @Test
    void shouldGiveFramesInTheirOrder() {
        OutboundFrame first = Frames.ping();
        OutboundFrame second = Frames.ping();
        queue.offer(first);
        queue.offer(second);

        assertEquals(32, queue.bytes());
        assertSame(first, queue.poll());
        assertSame(second, queue.poll());
        assertNull(queue.poll());
        assertEquals(0, queue.bytes());
    }

    @Test
    void shouldBeFullAtItsNumberOfFramesAndCountWhatItDrops() {
        assertEquals(ControlQueue.MAX_FRAMES, fill(Frames.ping()));
        assertFalse(queue.offer(Frames.ping()));

        assertEquals(2, dropped.sum());
        queue.poll();
        assertTrue(queue.offer(Frames.ping()));
    }

    @Test
    void shouldBeFullAtItsNumberOfBytes() {
        OutboundFrame longest = OutboundFrame.control(FrameType.IHAVE, new byte[FrameType.IHAVE.maxLength()]);

        assertEquals(ControlQueue.MAX_BYTES / longest.length(), fill(longest));
    }

    /** Peers that read nothing of what they have a node say would fill a small heap, with a megabyte each. */
    @Test
    void shouldLeaveALittleToEachWhereTheQueuesOfOthersHoldAllThereIs() {
        OutboundFrame frame = OutboundFrame.control(FrameType.IHAVE, new byte[1016]);
        ControlQueue.Room room = new ControlQueue.Room(4L << 20);
        List<ControlQueue> queues = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < 100; i++) {
            ControlQueue one = new ControlQueue(dropped, room);
            while (one.offer(frame)) {
                bytes += frame.length();
            }
            queues.add(one);
        }
        long last = queues.get(99).bytes();
        queues.subList(0, 99).forEach(ControlQueue::kill);

        int certain = ControlQueue.CERTAIN_BYTES / (frame.length() + ControlQueue.FRAME_BYTES) * frame.length();
        assertEquals(certain, last);
        assertTrue(bytes <= (4 << 20) + 100 * ControlQueue.CERTAIN_BYTES, bytes + " bytes");
        assertTrue(queues.get(99).offer(frame));
    }

    @Test
    void shouldTakeNothingMoreWhenItRefusesButGiveWhatItHas() {
        queue.offer(Frames.ping());

        queue.refuse();

        assertFalse(queue.offer(Frames.ping()));
        assertFalse(queue.isEmpty());
        assertEquals(0, dropped.sum());
    }

    @Test
    void shouldTakeNothingAfterItsEnd() {
        queue.offer(Frames.ping());

        queue.kill();

        assertFalse(queue.offer(Frames.ping()));
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.bytes());
    }

    @Test
    void shouldLoseNothingWhenTwoThreadsOfferAndOneTakes() throws InterruptedException {
        int each = 20_000;
        AtomicInteger accepted = new AtomicInteger();
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            OutboundFrame frame = Frames.ping();
            producers.add(new Thread(() -> {
                for (int offered = 0; offered < each; offered++) {
                    if (queue.offer(frame)) {
                        accepted.incrementAndGet();
                    }
                }
            }));
        }
        producers.forEach(Thread::start);
        int taken = 0;
        while (producers.stream().anyMatch(Thread::isAlive) || !queue.isEmpty()) {
            taken += queue.poll() == null ? 0 : 1;
        }
        for (Thread producer : producers) {
            producer.join();
        }

        assertEquals(accepted.get(), taken);
        assertEquals(2 * each, taken + dropped.sum());
        assertEquals(0, queue.bytes());
    }
}
