// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Priority;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What gives way when a listener, a link or the whole node is too slow, and what must not. */
class OverloadTest {

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

        publishAll(alice, 20_000, 100);
        long publishedAfter = (time.nanos() - start) / 1_000_000;
        time.advance(Duration.ofMillis(100));
        int bobHas = bob.received.size();
        time.advance(Duration.ofSeconds(40));

        assertTrue(publishedAfter < 1000, "publishing took " + publishedAfter + " ms");
        assertEquals(20_000, bobHas);
        assertEquals(20_000, slow.received.size());
        assertEquals(20_000, new HashSet<>(slow.received).size());
        assertEquals(List.of(EventType.OVERLOAD_STARTED, EventType.OVERLOAD_ENDED),
                slow.events.subList(slow.events.size() - 2, slow.events.size()));
        assertTrue(slow.reputation.score(alice.id).value() >= 0);
        assertTrue(alice.reputation.score(slow.id).value() >= 0);
        assertEquals(0, slow.core.room.messages());
        assertEquals(0, slow.core.room.bytes());
        assertFalse(slow.snapshot().throttled());
        assertTrue(toBob.carried(FrameType.GOSSIP) >= 19_999);
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
        long announced = alice.snapshot().announced();
        time.advance(Duration.ofSeconds(60));

        assertTrue(announced > 0);
        assertTrue(refused > 0);
        assertEquals(8_000, new HashSet<>(slow.received).size());
        assertEquals(8_000, slow.received.size());
        assertEquals(0, slow.snapshot().missed());
    }

    @Test
    void shouldRefuseToPublishWhileALinkIsCongestedAndTellWhenItIsNot() {
        FakeLink link = alice.connect(bob);
        link.forcedCongestion = true;

        Status refused = alice.publish("x").status();
        CompletableFuture<Void> writable = alice.core.backpressure.whenWritable(Priority.NORMAL).toCompletableFuture();
        time.advance(Duration.ofMillis(100));
        boolean early = writable.isDone();
        link.forcedCongestion = false;
        alice.link(0).writable();
        time.runDue();

        assertEquals(Status.BACKPRESSURE, refused);
        assertFalse(early);
        assertTrue(writable.isDone());
        assertEquals(Status.ACCEPTED, alice.publish("x").status());
        assertEquals(1, alice.snapshot().publishRefused());
        assertTrue(alice.core.backpressure.whenWritable(Priority.NORMAL).toCompletableFuture().isDone());
    }

    @Test
    void shouldSendUrgentMessagesOverACongestedLinkUntilItIsFull() {
        FakeLink link = alice.connect(bob);
        link.forcedCongestion = true;

        Status accepted = alice.core.publish(FakeNode.message("now").withPriority(Priority.HIGH)).status();
        time.advance(Duration.ofMillis(100));
        link.queueFrames = 0;
        Status refused = alice.core.publish(FakeNode.message("too late").withPriority(Priority.HIGH)).status();
        CompletableFuture<Void> writable = alice.core.backpressure.whenWritable(Priority.HIGH).toCompletableFuture();
        CompletableFuture<Void> others = alice.core.backpressure.whenWritable(Priority.LOW).toCompletableFuture();
        link.queueFrames = 8;
        time.advance(Duration.ofMillis(200));

        assertEquals(Status.ACCEPTED, accepted);
        assertEquals(List.of("now"), bob.received);
        assertEquals(Status.BACKPRESSURE, refused);
        assertTrue(writable.isDone());
        assertFalse(others.isDone());
    }

    @Test
    void shouldWaitNoLongerThanFiveSecondsForOneSlowLinkAmongOthers() {
        alice.connect(bob);
        FakeLink slow = alice.connect(new FakeNode(time, 3));
        slow.forcedCongestion = true;

        time.advance(Duration.ofMillis(4500));
        Status before = alice.publish("x").status();
        time.advance(Duration.ofSeconds(2));
        Status after = alice.publish("x").status();
        slow.forcedCongestion = false;
        time.advance(Duration.ofSeconds(1));
        slow.forcedCongestion = true;
        Status again = alice.publish("y").status();

        assertEquals(Status.BACKPRESSURE, before);
        assertEquals(Status.ACCEPTED, after);
        assertEquals(Status.BACKPRESSURE, again);
    }

    @Test
    void shouldWaitForTheOnlyLinkHoweverSlow() {
        FakeLink link = alice.connect(bob);
        link.forcedCongestion = true;

        time.advance(Duration.ofSeconds(30));

        assertEquals(Status.BACKPRESSURE, alice.publish("x").status());
    }

    @Test
    void shouldCompleteWhoWaitsWhenTheNodeStops() {
        alice.connect(bob).forcedCongestion = true;
        CompletableFuture<Void> writable = alice.core.backpressure.whenWritable(Priority.NORMAL).toCompletableFuture();

        alice.core.stop();
        time.runDue();

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
    void shouldAskPeersToAnnounceOnlyWhenTheShortageLasts() {
        FakeNode slow = FakeNode.slow(time, 3, 60, Map.of("listenerQueue", "4", "validationQueueMessages", "16"));
        FakeLink link = alice.connect(slow);

        for (int i = 0; i < 8; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofSeconds(2));

        assertEquals(8, slow.received.size());
        assertEquals(0, link.other.carried(FrameType.PRUNE));
    }

    @Test
    void shouldAnnounceToAPrunedPeerUntilItTakesBodiesAgain() {
        bob.set("relayMode", "flood");
        FakeLink link = alice.connect(bob);
        time.advance(Duration.ofMillis(100));

        link.give(FrameType.PRUNE, 0, ByteBuffer.wrap(ControlCodec.pruneFor(10).head()));
        time.runDue();
        alice.publish("x");
        time.advance(Duration.ofSeconds(2));
        int lazy = alice.snapshot().lazyLinks();
        link.give(FrameType.GRAFT, 0, ByteBuffer.wrap(ControlCodec.GRAFT_NONE.head()));
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
}
