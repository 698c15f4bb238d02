// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.ippan.network.api.Priority;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** When publishers have to wait, and when not any more. */
class PublishGateTest {

    private static final int KIB = 1024;
    private static final int LENGTH = 16 * KIB;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);
    private final FakeLink link = alice.connect(bob);
    private int number;

    /** Publishes until that is refused; KiB held then. */
    private long fill() {
        link.stick(true);
        while (alice.publish(number + "x".repeat(LENGTH)).accepted()) {
            number++;
        }
        return alice.core.publishGate.heldBytes() / KIB;
    }

    /** Publishes so much that is settled that as much may be under way as ever. */
    private void widen() {
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 6; j++) {
                alice.publish(number++ + "w".repeat(LENGTH));
            }
            time.advance(Duration.ofMillis(20));
        }
    }

    private boolean isShut() {
        return alice.core.publishGate.isShut(Priority.NORMAL);
    }

    @Test
    void shouldTellOfAListenerThatWaitsForLongInsideItsCallback() {
        alice.listen(message -> {
            while (alice.publish(number + "x".repeat(60 * KIB)).accepted()) {
                number++;
            }
            alice.core.whenWritable(Priority.NORMAL);
        });
        bob.publish("ask");
        time.advance(Duration.ofMillis(100));
        boolean before = alice.faults.callbackFaults().isEmpty();
        link.stick(true);
        bob.publish("ask again");
        time.advance(Duration.ofMillis(2900));
        boolean soon = alice.faults.callbackFaults().isEmpty();
        time.advance(Duration.ofMillis(1100));

        assertTrue(before && soon);
        CallbackFault fault = alice.faults.callbackFaults().get(0);
        assertEquals(CallbackProblem.WAITING, fault.problem());
        assertTrue(fault.detail().startsWith("heldBytes="), fault.detail());
    }

    @Test
    void shouldShutBeyondOneMebibyteAndOpenAtHalfOfThat() {
        long full = fill();
        link.frameTime = Duration.ofMillis(1);
        link.fillBytes = 1;
        link.stick(false);

        long before = 0;
        while (isShut()) {
            before = alice.core.publishGate.heldBytes() / KIB;
            time.advance(Duration.ofMillis(1));
        }

        assertEquals(KIB, full, LENGTH / KIB + 1);
        assertTrue(full > KIB);
        assertTrue(before > KIB / 2);
        assertEquals(KIB / 2, before, LENGTH / KIB + 1);
    }

    @Test
    void shouldShutBeyondAQuarterOfASmallMemory() {
        alice.set("maxMessageBytes", 32 * KIB);
        alice.set("cacheBytes", 1024 * KIB);

        assertEquals(256, fill(), LENGTH / KIB + 1);
    }

    @Test
    void shouldLetMoreWaitWhileItHasNotWaitedForLong() {
        alice.set("cacheBytes", 16 * KIB * KIB);
        alice.set("publishDelayMillis", 200);
        widen();
        long most = fill();
        time.advance(Duration.ofMillis(20));
        link.stick(false);
        time.advance(Duration.ofSeconds(1));

        link.stick(true);
        long held = 0;
        for (int i = 0; i < 40 && alice.publish("y" + i + "x".repeat(64 * KIB)).accepted(); i++) {
            held = alice.core.publishGate.heldBytes() / KIB;
            time.advance(Duration.ofMillis(10));
        }

        assertEquals(4 * KIB, most, LENGTH / KIB + 1);
        assertEquals(21 * 64, held, 2 * 64);
    }

    /** One that waited for what only other listeners can make room for would wait for ever. */
    @Test
    void shouldAdmitWhatListenersPublishUpToAThirdOfTheMemory() {
        alice.set("cacheBytes", 8 * KIB * KIB);
        fill();
        List<Long> held = new ArrayList<>();
        List<CompletableFuture<Void>> writable = new ArrayList<>();
        alice.listen(message -> {
            writable.add(alice.core.whenWritable(Priority.NORMAL).toCompletableFuture());
            held.add(fill());
            writable.add(alice.core.whenWritable(Priority.NORMAL).toCompletableFuture());
        });
        boolean outside = isShut();

        bob.publish("ask");
        time.advance(Duration.ofMillis(50));

        assertTrue(outside);
        assertTrue(isShut());
        assertEquals(8 * KIB / 3, held.get(0), LENGTH / KIB + 1);
        assertTrue(writable.get(0).isDone());
        assertFalse(writable.get(1).isDone());
        link.stick(false);
        time.advance(Duration.ofMillis(500));
        assertTrue(writable.get(1).isDone());
    }

    @Test
    void shouldAdmitOfAllPrioritiesTogetherNoMoreThanOfOneInsideACallback() {
        alice.set("cacheBytes", 8 * KIB * KIB);
        alice.listen(message -> {
            link.stick(true);
            Arrays.stream(Priority.values()).forEach(priority -> alice.fill(priority, priority.name()));
        });

        bob.publish("ask");
        time.advance(Duration.ofMillis(50));

        assertEquals(8 * KIB / 3, alice.core.publishGate.heldBytes() / KIB, 2 * FakeNode.LONG / KIB);
    }

    @Test
    void shouldNotWaitForALinkThatAnnouncesOrWent() {
        FakeLink other = alice.connect(new FakeNode(time, 3));
        fill();
        time.advance(Duration.ofMillis(20));
        other.stick(true);
        boolean before = isShut();
        link.give(ControlCodec.pruneFor(10));
        time.runDue();
        time.advance(Duration.ofMillis(20));
        boolean lazy = isShut();
        fill();
        other.close(null, "");
        time.runDue();

        assertTrue(before);
        assertFalse(lazy);
        assertFalse(isShut());
    }

    @Test
    void shouldShutEveryPriorityByItself() {
        fill();

        assertTrue(isShut());
        assertFalse(alice.core.publishGate.isShut(Priority.HIGH));
        assertFalse(alice.core.publishGate.isShut(Priority.LOW));
    }

    /** What peers miss and ask for takes memory until their sockets have taken it. */
    @Test
    void shouldShutWhilePeersThatAreWaitedForAskForMoreThanAQuarterOfTheMemory() {
        alice.set("maxMessageBytes", 64 * KIB);
        alice.set("cacheBytes", 4 * KIB * KIB);
        FakeLink other = alice.connect(new FakeNode(time, 3));
        other.give(ControlCodec.pruneFor(10));
        other.stick(true);
        for (int i = 0; i < 20; i++) {
            bob.publish(i + "x".repeat(60 * KIB));
            time.advance(Duration.ofMillis(20));
        }
        boolean before = isShut();
        alice.core.sources.space().segments().forEach(segment -> IntStream.range(0, segment.count())
                .forEach(entry -> alice.outbound(1).ask(segment, entry)));

        assertTrue(alice.outbound(1).askedBytes() > KIB * KIB);
        assertTrue(!before && isShut());
        alice.link(1).patience(Patience.TOO_SLOW);
        assertFalse(isShut());
        alice.link(1).patience(Patience.WAITS);
        alice.link(1).leaveOut(true);
        assertFalse(isShut());
        alice.link(1).leaveOut(false);
        other.stick(false);
        time.advance(Duration.ofMillis(200));
        assertFalse(isShut());
    }

    @Test
    void shouldBeBusyWhileAPublisherWaits() {
        boolean idle = alice.core.publishGate.isBusy();
        fill();
        CompletableFuture<Void> writable = alice.core.whenWritable(Priority.NORMAL).toCompletableFuture();
        boolean waits = alice.core.publishGate.isBusy() && !writable.isDone();
        link.stick(false);
        time.advance(Duration.ofSeconds(1));

        assertTrue(!idle && waits);
        assertTrue(writable.isDone());
        assertFalse(alice.core.publishGate.isBusy());
    }

    @Test
    void shouldTellTheWindowOfThePriorityOfWhichMostIsUnderWay() {
        long first = alice.snapshot().windowBytes();
        widen();

        assertEquals(2 * KIB * KIB, first);
        assertTrue(alice.snapshot().windowBytes() > first, alice.snapshot().windowBytes() + " bytes");
    }

    /** It does not wait for the timer that looks at everything again. */
    @Test
    void shouldTellAPublisherAsSoonAsThereIsRoom() {
        fill();
        CompletableFuture<Void> writable = alice.core.whenWritable(Priority.NORMAL).toCompletableFuture();
        link.frameTime = Duration.ofMillis(1);
        link.stick(false);
        List<Boolean> told = new ArrayList<>();
        while (isShut()) {
            told.add(writable.isDone());
            time.advance(Duration.ofNanos(100_000));
        }

        assertFalse(told.contains(true));
        assertTrue(writable.isDone());
    }
}
