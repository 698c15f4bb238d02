// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** When a link is not read because others do not pass on what came by it. */
class ReadingGateTest {

    private static final int KIB = 1024;
    private static final int LENGTH = 8 * KIB;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node =
            new FakeNode(time, 1, Map.of("maxMessageBytes", 64 * KIB, "cacheBytes", 2 * KIB * KIB));
    private final FakeLink from = node.connect(new FakeNode(time, 2));
    private final FakeLink to = node.connect(new FakeNode(time, 3));
    private int number;

    /** Messages come by a link until it is not read; so many KiB. */
    private int fill(FakeLink link) {
        to.stick(true);
        int given = 0;
        while (link.reads() && given < 1000) {
            give(link);
            given++;
        }
        time.runDue();
        return given * LENGTH / KIB;
    }

    private void give(FakeLink link) {
        give(link, Priority.NORMAL);
    }

    private void give(FakeLink link, Priority priority) {
        byte[] head = Heads.head(0, priority, FakeNode.TOPIC, 0, LENGTH);
        link.give(FrameType.GOSSIP, 0,
                ByteBuffer.allocate(head.length + LENGTH).put(head).putInt(number++).rewind());
    }

    @Test
    void shouldStopReadingALinkBeyondItsShareAndNoOther() {
        assertEquals(512, fill(from), 2 * LENGTH / KIB);
        assertTrue(to.reads());
        assertEquals(1, node.snapshot().pausedLinks());
    }

    /** Three times as much, of as many links as share it, would be more than there is. */
    @Test
    void shouldCountAllPrioritiesOfALinkTogether() {
        to.stick(true);
        Priority[] priorities = Priority.values();
        while (from.reads() && number < 1000) {
            give(from, priorities[number % priorities.length]);
            time.runDue();
        }

        assertEquals(512, number * LENGTH / KIB, 4 * LENGTH / KIB);
    }

    /** Validators are quick, so that no message waits for them: only the log grows. */
    @Test
    void shouldStopReadingALinkBeyondItsShareThoughItsMessagesAreValidated() {
        node.validate("*", message -> Verdict.ACCEPT);
        to.stick(true);

        int given = 0;
        while (from.reads() && given < 1000) {
            give(from);
            time.runDue();
            given++;
        }

        assertEquals(512, given * LENGTH / KIB, 3 * LENGTH / KIB);
    }

    /** A stranger that has a validator busy is not read, and must not have this node's publishers send less. */
    @Test
    void shouldNotSlowPublishersForWhatWaitsForValidators() {
        node.validate("*", message -> Verdict.ACCEPT);
        node.set("validationQueueMessages", 4);
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, Integer.BYTES);
        while (from.reads() && number < 100) {
            from.give(FrameType.GOSSIP, 0, ByteBuffer.allocate(head.length + Integer.BYTES).put(head).putInt(number++)
                    .rewind());
        }

        assertFalse(from.reads());
        assertFalse(node.core.acks.isPressed());
    }

    @Test
    void shouldSlowPublishersForWhatOthersAreToSend() {
        fill(from);

        assertTrue(node.core.acks.isPressed());
    }

    @Test
    void shouldHaveLinksShareHalfOfTheMemory() {
        node.connect(new FakeNode(time, 4));
        node.connect(new FakeNode(time, 5));

        assertEquals(256, fill(from), 2 * LENGTH / KIB);
    }

    @Test
    void shouldLeaveEachLinkItsLeastShareHoweverManyThereAre() {
        for (int i = 0; i < 20; i++) {
            node.connect(new FakeNode(time, 10 + i));
        }

        assertEquals(128, fill(from), 2 * LENGTH / KIB);
    }

    @Test
    void shouldReadAgainWhenHalfOfTheShareIsLeft() {
        fill(from);
        to.frameTime = Duration.ofMillis(1);
        to.fillBytes = 1;
        to.stick(false);

        int passed = 0;
        while (!from.reads()) {
            time.advance(Duration.ofMillis(1));
            passed++;
        }

        assertEquals(256, passed * LENGTH / KIB, 3 * LENGTH / KIB);
        assertEquals(0, node.snapshot().pausedLinks());
    }

    /** No call tells of these: the timer finds out. */
    @Test
    void shouldReadAgainWhenNoReaderIsWaitedForAnyMore() {
        fill(from);
        to.give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofMillis(50));
        boolean lazy = from.reads();
        to.give(ControlCodec.GRAFT_NONE);
        time.runDue();
        fill(from);
        boolean full = from.reads();
        to.close(null, "");
        time.advance(Duration.ofMillis(50));

        assertTrue(lazy);
        assertFalse(full);
        assertTrue(from.reads());
    }

    @Test
    void shouldCallItOverloadWhenItLasts() {
        fill(from);
        time.advance(Duration.ofMillis(50));
        List<EventType> early = List.copyOf(node.events);
        time.advance(Duration.ofMillis(150));
        List<EventType> late = List.copyOf(node.events);
        to.stick(false);
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of(), early);
        assertEquals(List.of(EventType.OVERLOAD_STARTED), late);
        assertEquals(List.of(EventType.OVERLOAD_STARTED, EventType.OVERLOAD_ENDED), node.events);
    }

    @Test
    void shouldReadEverythingAgainWhenTheNodeStops() {
        fill(from);

        node.core.stop();
        time.runDue();

        assertTrue(from.reads());
    }

    /** The handler that comes after this one takes the link for one that is read. */
    @Test
    void shouldReadALinkAgainThatIsFoundToBeBehindWhenTheNodeHasStopped() {
        ArrayDeque<Runnable> validations = new ArrayDeque<>();
        GossipCore core = new GossipCore(node.environment(validations::add, time), node.settings(),
                FakeNode.TAG::clone, (type, text) -> { });
        core.deduplicator(node.dedup);
        core.subscriptions.validator(message -> Verdict.ACCEPT, Map.of(MessageValidator.TOPIC, "*"));
        from.receiver = core.linkUp(from, true);
        to.receiver = core.linkUp(to, true);
        to.stick(true);
        for (int i = 0; i < 100; i++) {
            give(from);
        }
        core.stop();
        time.runDue();
        while (!validations.isEmpty()) {
            validations.remove().run();
        }

        give(from);
        boolean paused = !from.reads();
        time.runDue();

        assertTrue(paused);
        assertTrue(from.reads());
    }

    /** As in a circle of nodes that wait for each other: one that can go on lets all others. */
    @Test
    void shouldReadMoreThanItsShareOfALinkThatStandsStillAndAnnounceOnlyMuchLater() {
        int share = fill(from);
        time.advance(Duration.ofMillis(200));
        boolean soon = from.reads();
        time.advance(Duration.ofMillis(100));
        boolean later = from.reads();
        int more = fill(from);
        time.advance(Duration.ofMillis(900));
        boolean full = from.reads();
        time.advance(Duration.ofMillis(200));

        assertFalse(soon);
        assertTrue(later);
        assertEquals(share / 2, more, 3 * LENGTH / KIB);
        assertFalse(full);
        assertTrue(from.reads());
    }

    @Test
    void shouldGiveALinkItsShareAgainWhenItHasLittle() {
        int share = fill(from);
        time.advance(Duration.ofMillis(300));
        fill(from);
        to.stick(false);
        time.advance(Duration.ofMillis(50));

        int again = fill(from);

        assertEquals(share, again, 3 * LENGTH / KIB);
    }

    /** What waited is announced. If all that follows were, the peer would have to ask for each message from then on. */
    @Test
    void shouldSendWhatComesAfterTheValveOpenedThoughMessagesNeverPause() {
        new FakeNode(time, 4).connect(node);
        FakeLink late = node.links.get(2);
        late.stick(true);
        fill(from);
        time.advance(Duration.ofMillis(300));
        fill(from);
        to.stick(false);
        time.advance(Duration.ofMillis(1100));
        boolean reads = from.reads();
        late.stick(false);
        for (int i = 0; i < 1500; i++) {
            give(from);
            time.advance(Duration.ofMillis(1));
        }
        late.carried.clear();

        for (int i = 0; i < 500; i++) {
            give(from);
            time.advance(Duration.ofMillis(1));
        }

        assertTrue(reads);
        assertEquals(500, late.texts().size(), 10);
        assertEquals(0, late.carried(FrameType.IHAVE));
    }
}
