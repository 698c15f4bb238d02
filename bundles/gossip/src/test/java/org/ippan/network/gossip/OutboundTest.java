// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.wire.ControlCodec;
import org.junit.jupiter.api.Test;

/** What a link writes when its socket has room. */
class OutboundTest extends PulledByHand {

    @Test
    void shouldWriteAsMuchAsFitsAndGoOnThere() {
        for (int i = 0; i < 10; i++) {
            node.publish("m" + i);
        }
        int length = (int) node.core.publishGate.heldBytes() / 10;

        assertEquals(List.of("m0", "m1", "m2"), pull(4 * length - 1));
        assertEquals(List.of("m3"), pull(1));
        assertEquals(6, pull(64 * KIB).size());
        assertEquals(List.of(), pull(64 * KIB));
        assertNull(last);
    }

    @Test
    void shouldPassNothingOnToWhomItKnowsToHaveIt() {
        FakeLink third = stuck(new FakeNode(time, 3));
        link.give(FrameType.GOSSIP, 0, body(0, 0, 1, bytes("a")));
        third.give(FrameType.GOSSIP, 0, body(0, 0, 1, bytes("a")));
        link.give(FrameType.GOSSIP, 0, body(0, 0, 1, bytes("b")));
        time.runDue();

        assertEquals(List.of(), pull(64 * KIB));
        assertEquals(List.of("b"), fill(third, 64 * KIB, FrameClass.LOW).frames().stream().map(Frame::text).toList());
    }

    @Test
    void shouldCountTheHopAndStampTheAgeAsItIsWritten() {
        FakeLink third = stuck(new FakeNode(time, 3));
        link.give(FrameType.GOSSIP, 0, body(6, 0, 1, bytes("a")));
        time.advance(Duration.ofMillis(200));

        Frame frame = fill(third, 64 * KIB, FrameClass.LOW).frames().get(0);

        assertEquals(7, frame.hops());
        assertEquals(100 + 200 + link.roundTrip.toMillis() / 2, frame.ageMillis());
        assertFalse(frame.solicited());
    }

    @Test
    void shouldStampTheAgeOfEachOfARun() {
        node.publish("a");
        time.advance(Duration.ofMillis(30));
        node.publish("b");
        time.advance(Duration.ofMillis(20));

        assertEquals(List.of(50, 20), fill(link, 64 * KIB, FrameClass.LOW).frames().stream().map(Frame::ageMillis)
                .toList());
    }

    @Test
    void shouldSayThatItWasAskedForAndServeItBeforeOthers() {
        MessageId first = node.publish("a").id().orElseThrow();
        pull(64 * KIB);
        node.publish("b");
        want(link, first);
        assertTrue(node.outbound(0).askedBytes() > 0);

        List<Frame> frames = fill(link, 64 * KIB, FrameClass.LOW).frames();

        assertEquals(List.of("a", "b"), frames.stream().map(Frame::text).toList());
        assertEquals(List.of(true, false), frames.stream().map(Frame::solicited).toList());
        assertEquals(0, node.outbound(0).askedBytes());
    }

    @Test
    void shouldInflateWhatIsInACodecThePeerDoesNotKnow() {
        String text = "again and again ".repeat(200);
        node.codecs.codecs = 1;
        FakeNode other = new FakeNode(time, 4);
        other.codecs.codecs = 1;
        FakeLink from = stuck(other);
        FakeLink knows = stuck(other);
        from.give(FrameType.GOSSIP, 0, body(0, 1, text.length(), FakeCodecs.pack(bytes(text))));

        Frame plain = fill(link, 64 * KIB, FrameClass.LOW).frames().get(0);
        Frame packed = fill(knows, 64 * KIB, FrameClass.LOW).frames().get(0);

        assertEquals(0, plain.codec());
        assertEquals(text, plain.text());
        assertEquals(1, plain.hops());
        assertEquals(105, plain.ageMillis());
        assertEquals(1, packed.codec());
        assertArrayEquals(FakeCodecs.pack(bytes(text)), packed.payload());
    }

    @Test
    void shouldPassOverWhatIsInACodecThatIsGone() {
        String text = "again and again ".repeat(200);
        node.codecs.codecs = 1;
        FakeNode other = new FakeNode(time, 4);
        other.codecs.codecs = 1;
        stuck(other).give(FrameType.GOSSIP, 0, body(0, 1, text.length(), FakeCodecs.pack(bytes(text))));
        node.codecs.codecs = 0;

        assertEquals(List.of(), pull(64 * KIB));
        assertNull(last);
        assertEquals(0, node.outbound(0).lagBytes());
    }

    /** A node with long segments and little memory. */
    private FakeNode roomy() {
        FakeNode roomy = new FakeNode(time, 7, Map.of("maxMessageBytes", 20 * KIB, "cacheBytes", 300 * KIB));
        roomy.segmentBytes = 64 * KIB;
        roomy.restart();
        return roomy;
    }

    private FakeLink slow(FakeNode from, long number) {
        FakeLink slow = from.connect(new FakeNode(time, number));
        slow.stick(true);
        from.link(from.links.size() - 1).patience(Patience.TOO_SLOW);
        return slow;
    }

    /** Publishes so much that segments go, and others are filled in their place. */
    private static void overrun(FakeNode roomy) {
        for (int i = 0; i < 60; i++) {
            roomy.publish(i + "y".repeat(10 * KIB));
        }
        assertTrue(roomy.snapshot().cacheEvictedEarly() > 20);
    }

    /** Its segment has gone and another one has been filled since. */
    @Test
    void shouldLendLongBodiesAndKeepThemUntilTheyAreTaken() {
        FakeNode roomy = roomy();
        FakeLink slow = slow(roomy, 8);
        String text = "x".repeat(20 * KIB);
        roomy.publish(text);
        FakeTarget target = fill(slow, 64 * KIB, FrameClass.LOW);
        Fill underWay = last;
        overrun(roomy);

        assertEquals(20 * KIB, target.lent());
        assertEquals(text, target.frames().get(0).text());
        underWay.taken();
        assertEquals(0, roomy.snapshot().overrun());
    }

    /** Its segment goes when it was pinned to be read, and before it is lent. */
    @Test
    void shouldGoOnBehindASegmentThatGoesAsItIsLent() {
        FakeNode roomy = roomy();
        FakeLink slow = slow(roomy, 8);
        String text = "x".repeat(20 * KIB);
        roomy.publish(text);
        FakeTarget target = new FakeTarget(KIB) {
            @Override
            public void lend(byte[] from, int offset, int count) {
                super.lend(from, offset, count);
                overrun(roomy);
            }
        };

        slow.receiver.fill(target, FrameClass.LOW).taken();
        do {
            fill(slow, 64 * KIB, FrameClass.LOW);
        } while (last != null);

        assertEquals(text, target.frames().get(0).text());
        assertFalse(roomy.core.publishGate.own().of(Priority.NORMAL).readers()[0].hasMore());
    }

    /** What was let go of twice would be written over while another link still sends it. */
    @Test
    void shouldLetGoOnceOfWhatWasLentToALinkThatEnded() {
        FakeNode roomy = roomy();
        FakeLink first = slow(roomy, 8);
        FakeLink second = slow(roomy, 9);
        String text = "x".repeat(20 * KIB);
        roomy.publish(text);
        fill(first, 64 * KIB, FrameClass.LOW);
        Fill ended = last;
        FakeTarget target = fill(second, 64 * KIB, FrameClass.LOW);

        first.close(null, "");
        ended.taken();
        overrun(roomy);

        assertEquals(text, target.frames().get(0).text());
    }

    @Test
    void shouldCopyShortBodies() {
        node.publish("x".repeat(10 * KIB));

        assertEquals(0, fill(link, 64 * KIB, FrameClass.LOW).lent());
    }

    @Test
    void shouldMoveItsPlaceOnlyWhenTheSocketHasTaken() {
        node.publish("a");
        long held = node.core.publishGate.heldBytes();

        fill(link, 64 * KIB, FrameClass.LOW);
        long underWay = node.core.publishGate.heldBytes();
        last.taken();

        assertTrue(held > 0);
        assertEquals(held, underWay);
        assertEquals(0, node.core.publishGate.heldBytes());
        assertEquals(1, node.snapshot().relayed());
    }

    /** It stands where the peer asks from, and was not waited for. */
    @Test
    void shouldHoldWhatItSendsAgainInsteadOfAnnouncingIt() {
        node.publish("a");
        SourceLog log = node.core.publishGate.own().of(Priority.NORMAL);
        log.announceInstead();
        long announced = log.held(0);

        node.outbound(0).back(log, 0, true);

        assertEquals(0, announced);
        assertEquals(log.head(), log.held(0));
        assertEquals(List.of("a"), pull(64 * KIB));
    }

    @Test
    void shouldWriteNothingOverALinkThatAnnounces() {
        link.give(ControlCodec.pruneFor(10));
        time.runDue();
        MessageId id = node.publish("a").id().orElseThrow();

        assertEquals(List.of(), pull(64 * KIB));
        assertEquals(0, node.core.publishGate.heldBytes());
        want(link, id);
        assertEquals(List.of("a"), pull(64 * KIB));
    }

    @Test
    void shouldGiveEverythingBackWhenTheLinkEnds() {
        MessageId id = node.publish("x".repeat(20 * KIB)).id().orElseThrow();
        fill(link, 64 * KIB, FrameClass.LOW);
        want(link, id);
        node.publish("more");

        link.close(null, "");

        assertEquals(0, node.outbound(0).askedBytes());
        assertEquals(0, node.core.publishGate.heldBytes());
        assertEquals(List.of(), fill(link, 64 * KIB, FrameClass.LOW).frames());
        node.set("cacheSeconds", "1");
        time.advance(Duration.ofSeconds(5));
        assertEquals(0, node.core.sources.space().bytes());
    }

    @Test
    void shouldRewardEachMessageTakenInDirectMode() {
        FakeNode direct = new FakeNode(time, 5, Map.of("relayMode", "direct"));
        FakeNode other = new FakeNode(time, 6);
        direct.connect(other);

        direct.publish("a");
        direct.publish("b");
        time.advance(Duration.ofMillis(50));

        assertEquals(2, direct.reputation.score(other.id).value());
    }
}
