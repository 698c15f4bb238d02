// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Priority;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What gives way when a listener, a link or the whole node is too slow, and what must not. */
class OverloadTest {

    private static final int MIB = 1 << 20;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);

    private int publishAll(FakeNode node, int count, int perMillisecond) {
        int refused = 0;
        for (int i = 0; i < count; i++) {
            while (!node.publish("m" + i).accepted()) {
                refused++;
                time.advance(Duration.ofMillis(1));
            }
            if (i % perMillisecond == 0) {
                time.advance(Duration.ofMillis(1));
            }
        }
        return refused;
    }

    /** 256 messages in 256 ms: one a millisecond, as the acceptance has it. */
    @Test
    void shouldLoseNothingToASlowListenerAndSlowNobodyElse() {
        FakeNode slow = FakeNode.slow(time, 3, 256, Map.of());
        FakeLink toBob = alice.connect(bob);
        alice.connect(slow);
        slow.connect(bob);
        long start = time.nanos();

        publishAll(alice, 7_000, 100);
        long publishedAfter = (time.nanos() - start) / 1_000_000;
        time.advance(Duration.ofMillis(100));
        int bobHas = bob.received.size();
        time.advance(Duration.ofSeconds(20));

        assertTrue(publishedAfter < 1000, "publishing took " + publishedAfter + " ms");
        assertEquals(7_000, bobHas);
        assertEquals(7_000, slow.received.size());
        assertEquals(7_000, new HashSet<>(slow.received).size());
        assertEquals(List.of(EventType.OVERLOAD_STARTED, EventType.OVERLOAD_ENDED),
                slow.events.subList(slow.events.size() - 2, slow.events.size()));
        assertTrue(slow.reputation.score(alice.id).value() >= 0);
        assertTrue(alice.reputation.score(slow.id).value() >= 0);
        assertEquals(0, slow.core.room.messages());
        assertEquals(0, slow.core.room.bytes());
        assertFalse(slow.snapshot().throttled());
        assertTrue(toBob.carried(FrameType.GOSSIP) >= 6_999);
        assertEquals(2, alice.snapshot().eagerLinks());
    }

    @Test
    void shouldSlowThePublisherToTheOnlyReceiverAndLoseNothing() {
        FakeNode slow = FakeNode.slow(time, 3, 300, Map.of("listenerQueue", "50", "validationQueueMessages", "200"));
        alice.set("cacheSeconds", "4");
        alice.set("maxMessageBytes", "1024");
        alice.set("cacheBytes", "600000");
        alice.connect(slow);

        int refused = publishAll(alice, 8_000, 10);
        time.advance(Duration.ofSeconds(60));

        assertTrue(refused > 0);
        assertEquals(8_000, new HashSet<>(slow.received).size());
        assertEquals(8_000, slow.received.size());
        assertEquals(0, slow.snapshot().missed());
        assertEquals(0, alice.snapshot().announced());
        assertEquals(0, alice.snapshot().overrun());
    }

    @Test
    void shouldRefuseToPublishWhileALinkHasMuchBeforeItAndTellWhenItHasHalf() {
        FakeLink link = alice.connect(bob);
        link.stick(true);

        int accepted = alice.fill(Priority.NORMAL, "m");
        CompletableFuture<Void> writable = alice.core.whenWritable(Priority.NORMAL).toCompletableFuture();
        time.advance(Duration.ofMillis(100));
        boolean early = writable.isDone();
        link.frameTime = Duration.ofMillis(10);
        link.stick(false);
        while (!writable.isDone()) {
            time.advance(Duration.ofMillis(10));
        }

        assertEquals(MIB / FakeNode.LONG + 1, accepted, 1);
        assertFalse(early);
        assertEquals(accepted / 2.0, bob.received.size(), 2);
        assertEquals(Status.ACCEPTED, alice.publish("x").status());
        assertEquals(1, alice.snapshot().publishRefused());
        assertTrue(alice.core.whenWritable(Priority.NORMAL).toCompletableFuture().isDone());
    }

    @Test
    void shouldAcceptAndSendUrgentMessagesFirstWhileOthersWait() {
        FakeLink link = alice.connect(bob);
        link.stick(true);
        alice.fill(Priority.NORMAL, "m");

        Status urgent = alice.core.publish(FakeNode.message("now").withPriority(Priority.HIGH)).status();
        CompletableFuture<Void> high = alice.core.whenWritable(Priority.HIGH).toCompletableFuture();
        CompletableFuture<Void> normal = alice.core.whenWritable(Priority.NORMAL).toCompletableFuture();
        boolean early = normal.isDone();
        link.stick(false);
        time.advance(Duration.ofMillis(100));
        link.stick(true);
        alice.fill(Priority.HIGH, "h");

        assertEquals(Status.ACCEPTED, urgent);
        assertTrue(high.isDone());
        assertFalse(early);
        assertTrue(normal.isDone());
        assertEquals("now", bob.received.get(0));
        assertEquals(Status.BACKPRESSURE,
                alice.core.publish(FakeNode.message("too late").withPriority(Priority.HIGH)).status());
        assertEquals(Status.ACCEPTED, alice.publish("x").status());
    }

    @Test
    void shouldCompleteWhoWaitsWhenTheNodeStops() {
        alice.connect(bob).stick(true);
        alice.fill(Priority.NORMAL, "m");
        CompletableFuture<Void> writable = alice.core.whenWritable(Priority.NORMAL).toCompletableFuture();
        time.runDue();
        boolean early = writable.isDone();

        alice.core.stop();
        time.runDue();

        assertFalse(early);
        assertTrue(writable.isDone());
    }

    @Test
    void shouldMarkNothingThatThereIsNoRoomForAndPauseReadingInstead() {
        FakeNode slow = FakeNode.slow(time, 3, 1000, Map.of("listenerQueue", "4", "validationQueueMessages", "16"));
        FakeLink link = alice.connect(slow);

        for (int i = 0; i < 20; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(50));

        assertFalse(link.other.reads());
        assertEquals(8, slow.dedup.size());
        assertEquals(4, slow.snapshot().validationQueued());
        assertEquals(1, slow.snapshot().pausedLinks());
        time.advance(Duration.ofSeconds(20));
        assertTrue(link.other.reads());
        assertEquals(20, slow.received.size());
        assertEquals(0, slow.core.room.bytes());
    }

    @Test
    void shouldCallAShortageOverloadOnlyWhenItLasts() {
        FakeNode slow = FakeNode.slow(time, 3, 60, Map.of("listenerQueue", "4", "validationQueueMessages", "16"));
        alice.connect(slow);

        for (int i = 0; i < 12; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(20));
        int paused = slow.snapshot().pausedLinks();
        time.advance(Duration.ofSeconds(2));

        assertEquals(1, paused);
        assertEquals(12, slow.received.size());
        assertEquals(List.of(), slow.events);
    }

    @Test
    void shouldAnnounceToAPrunedPeerUntilItTakesBodiesAgain() {
        bob.set("relayMode", "flood");
        FakeLink link = alice.connect(bob);
        time.advance(Duration.ofMillis(100));

        link.give(ControlCodec.pruneFor(10));
        time.runDue();
        alice.publish("x");
        time.advance(Duration.ofSeconds(2));
        int lazy = alice.snapshot().lazyLinks();
        link.give(ControlCodec.GRAFT_NONE);
        time.runDue();
        alice.publish("y");
        time.advance(Duration.ofMillis(10));

        assertEquals(1, lazy);
        assertEquals(0, alice.snapshot().lazyLinks());
        assertEquals(List.of("x", "y"), bob.received);
        assertEquals(1, bob.snapshot().repaired());
    }

    @Test
    void shouldResizeTheRoomWhileItRuns() {
        FakeNode slow = FakeNode.slow(time, 3, 1000, Map.of("listenerQueue", "4", "validationQueueMessages", "16"));
        FakeLink link = alice.connect(slow);
        for (int i = 0; i < 20; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(50));

        slow.set("validationQueueMessages", "1024");
        time.advance(Duration.ofMillis(50));

        assertTrue(link.other.reads());
        assertEquals(20, slow.dedup.size());
        slow.set("listenerQueue", "100");
        assertEquals(100, slow.snapshot().listeners().get(0).capacity());
        time.advance(Duration.ofSeconds(3));
        assertEquals(20, slow.received.size());
        assertEquals(0, slow.core.room.messages());
    }

    /** What an operator does about a listener that hangs. */
    @Test
    void shouldGoOnAsSoonAsAListenerThatHangsMayMissMessages() {
        FakeNode slow = FakeNode.slow(time, 3, 1_000_000,
                Map.of("listenerQueue", "4", "validationQueueMessages", "16"));
        FakeLink link = alice.connect(slow);
        for (int i = 0; i < 20; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(50));
        boolean read = link.other.reads();

        slow.set("listenerOverflow", "drop-oldest");
        time.advance(Duration.ofMillis(50));

        assertFalse(read);
        assertTrue(link.other.reads());
        assertEquals(20, slow.dedup.size());
        assertEquals(4, slow.snapshot().listeners().get(0).queued());
    }
}
