// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.MessageCodec;
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
            byte[] head = MessageCodec.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, LENGTH);
            link.give(FrameType.GOSSIP, 0, ByteBuffer.allocate(head.length + LENGTH).put(head).putInt(number++)
                    .rewind());
            given++;
        }
        time.runDue();
        return given * LENGTH / KIB;
    }

    @Test
    void shouldStopReadingALinkBeyondItsShareAndNoOther() {
        assertEquals(512, fill(from), 2 * LENGTH / KIB);
        assertTrue(to.reads());
        assertEquals(1, node.snapshot().pausedLinks());
    }

    /** A stranger that has a validator busy is not read, and must not have this node's publishers send less. */
    @Test
    void shouldNotSlowPublishersForWhatWaitsForValidators() {
        node.validate("*", message -> Verdict.ACCEPT);
        node.set("validationQueueMessages", 4);
        byte[] head = MessageCodec.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, Integer.BYTES);
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
}
