// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Overflow;
import org.junit.jupiter.api.Test;

/** What one listener is given, when, and what it may take of memory and of threads. */
class ListenerQueueTest extends ListeningFixture {

    private boolean refuses;

    @Override
    void execute(Runnable task) {
        if (refuses) {
            throw new RejectedExecutionException();
        }
        super.execute(task);
    }

    private ListenerQueue listen(int capacity, Overflow overflow) {
        return listen(Map.of(GossipListener.QUEUE, capacity, GossipListener.OVERFLOW, overflow));
    }

    private static int queued(ListenerQueue queue) {
        return queue.snapshot().queued();
    }

    /** What waits in the queue and what is undelivered, in each call. */
    private List<String> seenInCalls(ListenerQueue queue, int... lengths) {
        List<String> seen = new ArrayList<>();
        inCall = () -> seen.add(queued(queue) + " of " + queue.undelivered());
        deliverTogether(message(lengths[0]), message(lengths[1]));
        int before = queue.undelivered();
        runAll();
        assertEquals(2, before);
        assertEquals(0, queue.undelivered());
        return seen;
    }

    @Test
    void shouldTakeTogetherOnlyWhatIsASixteenthOfItsMessages() {
        assertEquals(List.of("0 of 2", "0 of 1"), seenInCalls(listen(32, Overflow.BLOCK), 0, 0));
        assertEquals(List.of("1 of 2", "0 of 1"), seenInCalls(listen(31, Overflow.BLOCK), 0, 0));
        assertEquals(List.of(1L, 2L, 3L, 4L), delivered);
    }

    @Test
    void shouldTakeTogetherOnlyWhatIsASixteenthOfItsBytes() {
        ListenerQueue queue = listen(Map.of());
        set("validationQueueBytes", 4 * 16 * (message(300).cost() + message(300).cost()));

        assertEquals(List.of("0 of 2", "0 of 1"), seenInCalls(queue, 300, 300));
        assertEquals(List.of("1 of 2", "0 of 1"), seenInCalls(queue, 300, 301));
    }

    /** Room that is kept after each call that is given its message. */
    private List<Integer> roomKeptWhileDelivering() {
        List<Integer> kept = new ArrayList<>(List.of(room.messages()));
        inCall = () -> kept.add(room.messages());
        runAll();
        return kept;
    }

    @Test
    void shouldKeepRoomForMessagesBeyondItsBoundUntilTheyAreWithinIt() {
        listen(2, Overflow.BLOCK);

        deliver(5);

        assertEquals(List.of(3, 2, 1, 0, 0, 0), roomKeptWhileDelivering());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), delivered);
        assertEquals(0, room.bytes());
    }

    @Test
    void shouldKeepRoomForBytesBeyondItsBoundUntilTheyAreWithinIt() {
        listen(Map.of());
        set("validationQueueBytes", 4 * (message(1000).cost() + message(1000).cost()));

        for (int length : new int[] {1000, 1000, 1000, 1, 1000}) {
            subscriptions.deliver(message(length));
        }

        assertEquals(List.of(3, 2, 1, 0, 0, 0), roomKeptWhileDelivering());
        assertEquals(List.of(3L, 4L, 5L, 6L, 7L), delivered);
        assertEquals(0, room.bytes());
    }

    @Test
    void shouldHoldNoRoomOnceItIsGone() {
        ListenerQueue queue = listen(1, Overflow.BLOCK);
        deliver(5);

        subscriptions.removeListener(listener, Map.of());
        int afterwards = room.messages();
        queue.offer(messages(1), 1);
        queue.offer(messages(1), 1);

        assertEquals(0, afterwards);
        assertEquals(0, room.messages(), "what was on its way to it");
        assertEquals(0, queue.undelivered());
        assertTrue(queue.isDrained());
        runAll();
        assertEquals(List.of(), delivered);
    }

    @Test
    void shouldDropNoMoreThanItMustOfWhatCameTogether() {
        ListenerQueue queue = listen(32, Overflow.DROP_NEWEST);
        deliver(31);

        deliverTogether(messages(2));

        assertEquals(32, queued(queue));
        assertEquals(1, queue.snapshot().dropped());
    }

    @Test
    void shouldHaveRoomAgainForAsManyAsWereDroppedAndDelivered() {
        ListenerQueue queue = listen(3, Overflow.DROP_OLDEST);
        deliver(5);
        int full = queued(queue);
        runAll();

        deliver(3);
        runAll();

        assertEquals(3, full);
        assertEquals(List.of(3L, 4L, 5L, 6L, 7L, 8L), delivered);
        assertEquals(2, queue.snapshot().dropped());
    }

    @Test
    void shouldHaveItsBytesAgainWhenTheyAreDeliveredOrDropped() {
        ListenerQueue queue = listen(Map.of(GossipListener.OVERFLOW, Overflow.DROP_NEWEST));
        set("validationQueueBytes", 4 * 3 * message(1000).cost());
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 4; i++) {
                subscriptions.deliver(message(1000));
            }
            runAll();
        }

        assertEquals(15, delivered.size());
        assertEquals(5, queue.snapshot().dropped());
    }

    /** An operator who gives up what a listener does not take wants the others to go on, though it hangs. */
    @Test
    void shouldGiveRoomBackAsSoonAsItsRuleIsToDrop() {
        ListenerQueue queue = listen(Map.of(GossipListener.QUEUE, 1));
        deliver(5);
        int blocked = room.messages();

        set("listenerOverflow", "drop-oldest");
        int afterwards = room.messages();
        deliver(1);

        assertEquals(4, blocked);
        assertEquals(0, afterwards);
        assertEquals(1, queued(queue));
        runAll();
        assertEquals(List.of(6L), delivered);
        assertEquals(5, queue.snapshot().dropped());
    }

    @Test
    void shouldGiveRoomBackAsSoonAsItsPropertiesSaySo() {
        ListenerQueue queue = listen(1, Overflow.BLOCK);
        deliver(5);

        listen(3, Overflow.BLOCK);
        int wider = room.messages();
        listen(3, Overflow.DROP_NEWEST);
        int dropping = room.messages();
        deliver(1);

        assertEquals(2, wider);
        assertEquals(0, dropping);
        assertEquals(1, queue.snapshot().dropped());
        runAll();
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), delivered);
    }

    @Test
    void shouldGiveItsThreadUpAfterFiveMillisecondsIfOthersWaitForOne() {
        crowded = true;
        listen(Map.of());
        inCall = () -> time.advance(Duration.ofNanos(2_500_000));
        deliver(5);

        runOne();
        int inOneTurn = delivered.size();
        crowded = false;
        runOne();

        assertEquals(2, inOneTurn);
        assertEquals(5, delivered.size());
        assertTrue(tasks.isEmpty());
    }

    @Test
    void shouldTryAgainWhereThereWasNoThread() {
        listen(Map.of());
        refuses = true;
        deliver(1);

        refuses = false;
        deliver(1);
        runAll();

        assertEquals(List.of(1L, 2L), delivered);
    }

    private boolean isToldOfAsHung() {
        return faults.callbackFaults().stream().map(CallbackFault::problem).toList().contains(CallbackProblem.HUNG);
    }

    @Test
    void shouldTellOfACallThatHangsAndNotOfManyThatDoNot() {
        List<Boolean> hung = new ArrayList<>();
        int[] seconds = {6};
        listen(Map.of());
        inCall = () -> {
            hung.add(isToldOfAsHung());
            time.advance(Duration.ofSeconds(seconds[0]));
            hung.add(isToldOfAsHung());
        };

        deliver(3);
        runAll();
        seconds[0] = 10;
        deliver(1);
        runAll();

        assertEquals(List.of(false, false, false, false, false, false, false, true), hung);
        assertFalse(isToldOfAsHung());
    }

    @Test
    void shouldBeKnownAsTheListenerThatItsThreadIsInside() {
        List<Subject> inside = new ArrayList<>();
        ListenerQueue queue = listen(Map.of());
        inCall = () -> inside.add(Callback.isRunning() ? Callback.current() : null);
        deliver(1);

        runAll();

        assertEquals(List.of(queue.subject()), inside);
        assertFalse(Callback.isRunning());
        assertNull(Callback.current());
    }

    @Test
    void shouldBeDrainedOnlyWhenItsLastCallHasReturned() {
        List<Boolean> drained = new ArrayList<>();
        ListenerQueue queue = listen(Map.of());
        inCall = () -> drained.add(queue.isDrained() || subscriptions.isDrained());
        boolean atFirst = queue.isDrained() && subscriptions.isDrained();
        queue.offer(messages(1), 1);
        drained.add(queue.isDrained());
        subscriptions.route(TOPIC).wake();
        drained.add(queue.isDrained());

        runAll();

        assertTrue(atFirst);
        assertEquals(List.of(false, false, false), drained);
        assertTrue(queue.isDrained() && subscriptions.isDrained());
    }

    @Test
    void shouldBeCalledSlowForAsLongAsOperatorsLook() {
        ListenerQueue queue = listen(1, Overflow.DROP_NEWEST);
        boolean before = queue.snapshot().slow();
        deliver(2);
        time.advance(Duration.ofMillis(4999));
        boolean lately = queue.snapshot().slow();
        time.advance(Duration.ofMillis(1));

        assertFalse(before);
        assertTrue(lately);
        assertFalse(queue.snapshot().slow());
    }
}
