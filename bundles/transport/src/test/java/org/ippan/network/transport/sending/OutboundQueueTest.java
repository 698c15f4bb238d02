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
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.settings.TransportSettings.Queues;
import org.junit.jupiter.api.Test;

/** The queue of one link, and the budget of all. */
final class OutboundQueueTest {

    /** Frames of 1 000 bytes; 40 of them fill the queue, 10 is a quarter. */
    private static final int PAYLOAD = 1000 - 21 - 8;
    private static final Queues LIMITS = new Queues(40_000, 1000, 1_000_000, 10);

    private final AtomicInteger reliefs = new AtomicInteger();
    private final OutboundBudget budget = new OutboundBudget(1_000_000, reliefs::incrementAndGet);
    private final List<OutboundFrame> dropped = new ArrayList<>();
    private final OutboundQueue queue = new OutboundQueue(LIMITS, budget, dropped::add);
    private int number;

    private OutboundFrame frame(FrameClass frameClass) {
        return Frames.message(frameClass, number++, PAYLOAD);
    }

    private int fill(FrameClass frameClass, int most) {
        int taken = 0;
        while (taken < most && queue.offer(frame(frameClass), false)) {
            taken++;
        }
        return taken;
    }

    private OutboundFrame take() {
        Object polled = queue.poll(FrameClass.LOW);
        if (polled == null) {
            return null;
        }
        queue.done(OutboundQueue.frame(polled));
        return OutboundQueue.frame(polled);
    }

    private void takeAll() {
        while (take() != null) {
            assertTrue(queue.bytes() >= 0);
        }
    }

    @Test
    void shouldGiveTheMostUrgentFirst() {
        OutboundFrame low = frame(FrameClass.LOW);
        OutboundFrame high = frame(FrameClass.HIGH);
        OutboundFrame ping = Frames.ping();
        OutboundFrame normal = frame(FrameClass.NORMAL);
        for (OutboundFrame frame : List.of(low, high, ping, normal)) {
            assertTrue(queue.offer(frame, false));
        }

        List<OutboundFrame> order = List.of(take(), take(), take(), take());

        assertEquals(List.of(ping, high, normal, low), order);
        assertNull(take());
    }

    @Test
    void shouldGiveTheNextLowerClassATurnAfterSixteenFrames() {
        for (int i = 0; i < 40; i++) {
            assertTrue(queue.offer(Frames.ping(), false));
        }
        fill(FrameClass.HIGH, 5);
        fill(FrameClass.LOW, 3);
        StringBuilder order = new StringBuilder();

        for (OutboundFrame next = take(); next != null; next = take()) {
            order.append(next.frameClass().name().charAt(0));
        }

        assertEquals("C".repeat(16) + "H" + "C".repeat(16) + "H" + "C".repeat(8) + "HHHLLL", order.toString());
    }

    @Test
    void shouldLetEveryClassThroughUnderAConstantStreamOfUrgentFrames() {
        fill(FrameClass.LOW, 1);
        fill(FrameClass.NORMAL, 1);
        fill(FrameClass.HIGH, 1);
        for (int i = 0; i < 20; i++) {
            queue.offer(Frames.ping(), false);
        }
        int before = 0;

        for (FrameClass taken = null; taken != FrameClass.LOW && before < 10_000; before++) {
            taken = take().frameClass();
            queue.offer(taken == FrameClass.CONTROL ? Frames.ping() : frame(taken), false);
        }

        assertTrue(before <= 17 * 17 * 17 + 1, "LOW came after " + before);
        takeAll();
    }

    @Test
    void shouldKeepAQuarterForUrgentFrames() {
        assertEquals(30, fill(FrameClass.NORMAL, 100));
        assertEquals(10, fill(FrameClass.HIGH, 10));

        assertEquals(40_000, queue.bytes());
        assertEquals(List.of(), dropped);
    }

    @Test
    void shouldPushOutTheOldestOfTheLowestClass() {
        OutboundFrame oldest = frame(FrameClass.LOW);
        queue.offer(oldest, false);
        fill(FrameClass.LOW, 9);
        fill(FrameClass.NORMAL, 20);

        assertTrue(queue.offer(frame(FrameClass.NORMAL), false));
        assertSame(oldest, dropped.get(0));
        assertFalse(queue.offer(frame(FrameClass.LOW), false));
        assertEquals(10 + 9, fill(FrameClass.HIGH, 19));

        assertEquals(10, dropped.size());
        assertTrue(dropped.stream().allMatch(frame -> frame.frameClass() == FrameClass.LOW));
        assertEquals(40_000, queue.bytes());
        assertTrue(queue.offer(frame(FrameClass.HIGH), false));
        assertSame(FrameClass.NORMAL, dropped.get(10).frameClass());
    }

    @Test
    void shouldRefuseControlOnlyWhenThereIsNothingButControl() {
        fill(FrameClass.HIGH, 40);
        int pings = 40_000 / 16;

        int taken = 0;
        while (queue.offer(Frames.ping(), false)) {
            taken++;
        }

        assertEquals(40, dropped.size());
        assertTrue(taken >= 1000 && taken <= pings, taken + " taken");
        assertTrue(dropped.stream().noneMatch(frame -> frame.frameClass() == FrameClass.CONTROL));
    }

    @Test
    void shouldBeCongestedFromThreeQuartersUntilAQuarter() {
        fill(FrameClass.NORMAL, 29);
        assertFalse(queue.congested());
        fill(FrameClass.NORMAL, 1);
        assertTrue(queue.congested());

        for (int left = 30; left > 11; left--) {
            take();
            assertFalse(queue.relieved(), left + " left");
            assertTrue(queue.congested());
        }
        take();
        take();

        assertTrue(queue.relieved());
        assertFalse(queue.congested());
        assertFalse(queue.relieved());
    }

    @Test
    void shouldBeFullForUrgentFramesWhenASixteenthIsLeft() {
        fill(FrameClass.HIGH, 37);
        assertFalse(queue.full());
        fill(FrameClass.HIGH, 1);

        assertTrue(queue.full());
    }

    @Test
    void shouldTakeAFrameOfAnyLengthWhenItIsEmpty() {
        OutboundFrame huge = Frames.message(FrameClass.LOW, 1, 1_000_00);

        assertTrue(queue.offer(huge, false));
        assertFalse(queue.offer(frame(FrameClass.LOW), false));
        assertSame(huge, take());
        assertTrue(queue.relieved());
    }

    @Test
    void shouldCountSharedBodiesOnceAndReturnAllBytes() {
        OutboundQueue other = new OutboundQueue(LIMITS, budget, dropped::add);
        OutboundFrame shared = frame(FrameClass.NORMAL);

        queue.offer(shared, false);
        other.offer(shared, true);

        assertEquals(1000, budget.used());
        take();
        assertEquals(1000, budget.used());
        other.kill();
        assertEquals(0, budget.used());
        assertEquals(0, queue.bytes() + other.bytes());
    }

    @Test
    void shouldRefuseBodiesWhenTheBudgetOfAllIsSpentUntilAQuarterOfItIsFree() {
        budget.limit(10_000);
        assertEquals(10, fill(FrameClass.NORMAL, 100));
        assertTrue(budget.spent());
        assertTrue(queue.offer(Frames.ping(), false));

        take();
        take();
        assertTrue(budget.spent());
        take();
        take();

        assertFalse(budget.spent());
        assertEquals(1, reliefs.get());
    }

    @Test
    void shouldTakeNothingAfterItsEnd() {
        fill(FrameClass.LOW, 10);

        queue.kill();

        assertFalse(queue.offer(Frames.ping(), false));
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.bytes());
        assertEquals(0, budget.used());
    }

    @Test
    void shouldLoseNothingWhenTwoThreadsOfferAndOneTakes() throws InterruptedException {
        int each = 20_000;
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger pushedOut = new AtomicInteger();
        OutboundQueue busy = new OutboundQueue(LIMITS, budget, frame -> pushedOut.incrementAndGet());
        List<Thread> producers = new ArrayList<>();
        for (FrameClass frameClass : List.of(FrameClass.HIGH, FrameClass.LOW)) {
            OutboundFrame frame = frame(frameClass);
            producers.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    if (busy.offer(frame, false)) {
                        accepted.incrementAndGet();
                    }
                }
            }));
        }
        producers.forEach(Thread::start);
        int taken = 0;
        while (producers.stream().anyMatch(Thread::isAlive) || !busy.isEmpty()) {
            Object next = busy.poll(FrameClass.LOW);
            if (next != null) {
                busy.done(OutboundQueue.frame(next));
                taken++;
            }
        }
        for (Thread producer : producers) {
            producer.join();
        }

        assertEquals(accepted.get(), taken + pushedOut.get());
        assertEquals(0, busy.bytes());
        assertEquals(0, budget.used());
    }
}
