// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** How much of a publisher's may be under way, and what peers that settle it wrongly can do. */
class WindowTest {

    private static final int KIB = 1024;
    private static final int LENGTH = 8 * KIB;
    /** A 32nd of it is 128 KiB. */
    private static final Map<String, ?> SETTINGS = Map.of("cacheBytes", 4096 * KIB, "maxMessageBytes", 16 * KIB);

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeNode> chain = FakeNode.chain(time, 3, SETTINGS);
    private final FakeNode alice = chain.get(0);
    private final FakeNode bob = chain.get(1);
    private final FakeNode carol = chain.get(2);
    private final FakeLink toCarol = bob.links.get(1);
    private int number;

    /** Publishes what may be; how many messages. */
    private int fill() {
        return fill(Integer.MAX_VALUE);
    }

    private int fill(int most) {
        int before = number;
        while (number - before < most && alice.publish(number + "x".repeat(LENGTH)).accepted()) {
            number++;
        }
        return number - before;
    }

    /** Publishes 2.4 MiB/s, as far as that may be, for a time; the longest pause of the publisher in milliseconds. */
    private long longestPause(Duration whole) {
        long longest = 0;
        long pause = 0;
        for (int i = 0; i < whole.toMillis() / 10; i++) {
            pause = fill(3) > 0 ? 0 : pause + 10;
            longest = Math.max(longest, pause);
            time.advance(Duration.ofMillis(10));
        }
        return longest;
    }

    private FakeLink mallory() {
        FakeLink link = alice.connect(new FakeNode(time, 66, SETTINGS));
        link.other.receiver = null;
        return link;
    }

    private FakeLink settlesLittle() {
        FakeLink link = mallory();
        for (int i = 1; i <= 600; i++) {
            long settled = 512L * i;
            time.schedule(() -> link.give(new Ack(0, new long[] {0, settled, 0}).frame()), i * 100L,
                    TimeUnit.MILLISECONDS);
        }
        return link;
    }

    @Test
    void shouldHoldThePublisherWhileTheNextNodeButOneHasNotGotItsMessages() {
        toCarol.stick(true);

        fill();
        time.advance(Duration.ofMillis(500));
        fill();
        int held = number;
        long taken = alice.core.publishGate.heldBytes();
        long full = alice.core.publishGate.fullWindow();
        toCarol.stick(false);
        time.advance(Duration.ofMillis(500));

        assertEquals(128 * KIB, held * LENGTH, LENGTH);
        assertEquals(0, taken);
        assertEquals(List.of(128L * KIB, 0L), List.of(full, alice.core.publishGate.fullWindow()));
        assertTrue(fill() > 0);
    }

    @Test
    void shouldLetMoreBeUnderWayAsItIsSettled() {
        longestPause(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(1));
        toCarol.stick(true);

        assertTrue(fill() * LENGTH > 512 * KIB);
        assertEquals(number, carol.received.size() + (int) (alice.snapshot().underWayBytes() / LENGTH), 2);
    }

    /** All nodes of a large network may begin to publish at once. */
    @Test
    void shouldBeginWithLessWhereThereAreMoreLinks() {
        List<Long> windows = new ArrayList<>();
        for (int links : new int[] {2, 5, 8, 20}) {
            FakeNode node = new FakeNode(time, 100 + links);
            for (int i = 0; i < links; i++) {
                node.connect(new FakeNode(time, 200 + i)).stick(true);
            }
            node.publish("x");
            node.core.publishGate.tick();
            windows.add(node.snapshot().windowBytes() / KIB);
        }

        assertEquals(List.of(2048L, 327L, 32L, 32L), windows);
    }

    /** More memory makes a network no faster. */
    @Test
    void shouldBeginWithNoMoreWhereThereAreManyLinksAndMuchMemory() {
        FakeNode node = new FakeNode(time, 50, Map.of("cacheBytes", 256 << 20));
        for (int i = 0; i < 8; i++) {
            node.connect(new FakeNode(time, 200 + i)).stick(true);
        }
        node.publish("x");
        node.core.publishGate.tick();

        assertEquals(32 * KIB, node.snapshot().windowBytes());
    }

    /** What waited from the beginning would else be taken for the time that the way takes. */
    @Test
    void shouldCutTheWindowThoughMessagesWaitedInQueuesFromTheBeginning() {
        FakeNode node = new FakeNode(time, 50);
        Reader reader = new Reader(time, node, 51, true, Duration.ofNanos(100_000));
        reader.settles = Duration.ofSeconds(1);

        for (int i = 0; i < 1000; i++) {
            while (node.publish(number + "x".repeat(LENGTH)).accepted()) {
                number++;
            }
            time.advance(Duration.ofMillis(10));
            reader.forget();
        }

        assertEquals(32 * KIB, node.snapshot().windowBytes());
    }

    @Test
    void shouldSettleAllWhenAllHasArrived() {
        longestPause(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));

        assertEquals(number, carol.received.size());
        assertEquals(0, alice.outbound(0).unsettled().bytes());
        assertEquals(0, bob.outbound(1).unsettled().bytes());
    }

    @Test
    void shouldHalveTheWindowOnceForWhatIsUnderWayWhenAPeerSaysThatThereIsLittleRoom() {
        alice.core.publishGate.tick();
        FakeLink link = mallory();
        alice.links.get(0).close(GoodbyeReason.SHUTDOWN, "");
        fill();
        time.advance(Duration.ofMillis(100));
        long before = alice.snapshot().windowBytes();

        for (long settled : new long[] {LENGTH, 2 * LENGTH, 3 * LENGTH}) {
            link.give(new Ack(2, new long[] {0, settled, 0}).frame());
        }

        assertEquals(before / 2, alice.snapshot().windowBytes(), LENGTH);
    }

    @Test
    void shouldNotBeHeldBackForLongByAPeerThatSettlesNothing() {
        FakeLink link = mallory();

        long first = longestPause(Duration.ofSeconds(4));
        long later = longestPause(Duration.ofSeconds(20));

        assertTrue(first <= 2600, "paused for " + first + " ms");
        assertTrue(later <= 50, "paused for " + later + " ms");
        time.advance(Duration.ofSeconds(1));
        assertEquals(number, carol.received.size());
        assertNull(link.closed);
        assertEquals(number, link.carried(FrameType.GOSSIP));
    }

    @Test
    void shouldNotBeHeldBackForLongByAPeerThatAloneSettlesVeryLittle() {
        settlesLittle();

        longestPause(Duration.ofSeconds(7));
        long later = longestPause(Duration.ofSeconds(20));

        assertTrue(later <= 50, "paused for " + later + " ms");
    }

    /** A reader that is slow is first not settling, then not taking: others wait for it once, not once for each. */
    @Test
    void shouldNotWaitAgainForAPeerThatThenTakesNothing() {
        FakeLink link = settlesLittle();
        longestPause(Duration.ofSeconds(7));
        link.stick(true);

        long later = longestPause(Duration.ofSeconds(10));

        assertTrue(later <= 1300, "paused for " + later + " ms");
        assertTrue(alice.link(1).isSlow());
    }

    /** Bob has carol's share of the room; who is not behind the liar gets everything. */
    @Test
    void shouldLoseNothingAtOthersThroughAPeerThatSettlesWhatItDidNotGet() {
        FakeLink link = mallory();
        for (int i = 1; i <= 1000; i++) {
            long settled = i * 1_000_000L;
            time.schedule(() -> link.give(new Ack(0, new long[] {settled, settled, settled}).frame()), i * 10L,
                    TimeUnit.MILLISECONDS);
        }

        longestPause(Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(1));

        assertEquals(number, carol.received.size());
        assertNull(link.closed);
        assertFalse(alice.link(0).isUnsettling());
    }

    /** A node all of whose links announce would publish what has left its log before a peer asks for it. */
    @Test
    void shouldCountForTwoSecondsWhatIsOnlyAnnounced() {
        FakeLink link = mallory();
        alice.links.get(0).close(GoodbyeReason.SHUTDOWN, "");
        link.give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofMillis(100));

        int first = fill();
        time.advance(Duration.ofMillis(1500));
        int soon = fill();
        time.advance(Duration.ofMillis(1000));

        assertEquals(128 * KIB, first * LENGTH, LENGTH);
        assertEquals(0, soon);
        assertTrue(fill() > 0);
        assertEquals(0, link.carried(FrameType.GOSSIP));
    }

    @Test
    void shouldCloseOnAnAckThatIsMalformed() {
        alice.links.get(0).give(FrameType.ACK, 0, ByteBuffer.allocate(24));
        toCarol.give(FrameType.ACK, 0, ByteBuffer.allocate(25).put(0, (byte) 8));

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, alice.links.get(0).closed);
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, toCarol.closed);
    }

    @Test
    void shouldSettleAgainAfterEitherEndBeganAnew() {
        for (FakeNode restarted : List.of(bob, alice)) {
            longestPause(Duration.ofSeconds(1));
            restarted.restart();
            restarted.links.forEach(link -> link.receiver = restarted.core.linkUp(link, false));

            long pause = longestPause(Duration.ofSeconds(2));
            time.advance(Duration.ofSeconds(1));

            assertTrue(pause <= 500, "paused for " + pause + " ms");
            assertEquals(0, alice.outbound(0).unsettled().bytes());
            assertFalse(alice.link(0).isUnsettling());
        }
    }
}
