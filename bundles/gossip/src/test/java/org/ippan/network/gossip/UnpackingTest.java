// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ippan.network.api.Priority;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What compressed messages cost that unpack to nearly a hundred times what came. */
class UnpackingTest {

    private static final int DEFLATE = 1;
    private static final int MIB = 1 << 20;
    private static final int STRANGERS = 100;
    private static final byte[] CONTENT = content();
    private static final byte[] PACKED = FakeCodecs.pack(CONTENT);

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = node(1);
    private final List<FakeLink> strangers = new ArrayList<>();

    private static byte[] content() {
        byte[] content = new byte[MIB];
        byte[] noise = new byte[MIB / 110];
        new SplittableRandom(1).nextBytes(noise);
        System.arraycopy(noise, 0, content, 0, noise.length);
        return content;
    }

    private FakeNode node(long number) {
        FakeNode node = new FakeNode(time, number);
        node.codecs.codecs = DEFLATE;
        return node;
    }

    /** The node's end of a link that a peer opened. */
    private FakeLink accepted(long number, boolean member) {
        FakeNode far = node(number);
        far.member = member;
        far.connect(node);
        FakeLink link = node.links.get(node.links.size() - 1);
        link.other.receiver = null;
        return link;
    }

    private void connectStrangers(int count) {
        for (int i = 0; i < count; i++) {
            strangers.add(accepted(10 + i, false));
        }
        time.advance(Duration.ofSeconds(1));
    }

    private static ByteBuffer message(long nonce, int rawLength, byte[] payload) {
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, nonce, rawLength);
        head[MessageCodec.CODEC_OFFSET] = DEFLATE;
        return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip();
    }

    private static void bomb(FakeLink link) {
        link.give(FrameType.GOSSIP, 0, message(0, MIB - 1, PACKED));
    }

    @Test
    void shouldUnpackOneBombAfterTheOtherHoweverManyCome() {
        connectStrangers(STRANGERS);

        strangers.forEach(UnpackingTest::bomb);
        int atOnce = node.codecs.inflated;
        time.advance(Duration.ofSeconds(1));
        int inASecond = node.codecs.inflated - atOnce;
        boolean pressed = node.core.acks.isPressed();
        time.advance(Duration.ofSeconds(15));

        assertTrue(atOnce <= 4, atOnce + " at once");
        assertTrue(inASecond >= 6 && inASecond <= 10, inASecond + " in a second");
        assertFalse(pressed, "publishers would be slowed");
        assertEquals(STRANGERS, node.codecs.inflated);
        strangers.forEach(link -> assertEquals(GoodbyeReason.PROTOCOL_ERROR, link.closed));
        assertFalse(node.events.contains(EventType.OVERLOAD_STARTED));
    }

    /** A stranger's that is not unusual, a member's, and one that was dialled. */
    @Test
    void shouldTakeOthersInAtOnceWhileBombsWait() {
        connectStrangers(STRANGERS);
        FakeLink usual = accepted(2, false);
        FakeLink member = accepted(3, true);
        FakeNode far = node(4);
        far.member = false;
        FakeLink dialled = node.connect(far);
        byte[] text = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(40).getBytes(StandardCharsets.US_ASCII);
        byte[] noise = new byte[text.length / 4];
        new SplittableRandom(2).nextBytes(noise);
        System.arraycopy(noise, 0, text, 0, noise.length);

        strangers.forEach(UnpackingTest::bomb);
        usual.give(FrameType.GOSSIP, 0, message(1, text.length, FakeCodecs.pack(text)));
        member.give(FrameType.GOSSIP, 0, message(2, MIB, PACKED));
        dialled.give(FrameType.GOSSIP, 0, message(3, MIB, PACKED));
        time.runDue();

        assertEquals(3, node.received.size());
    }

    @Test
    void shouldCountWhatIsNewLessThanWhatIsKnown() {
        connectStrangers(2);
        for (int i = 0; i < 300; i++) {
            if (strangers.get(0).reads()) {
                strangers.get(0).give(FrameType.GOSSIP, 0, message(1, MIB, PACKED));
            }
            if (strangers.get(1).reads()) {
                strangers.get(1).give(FrameType.GOSSIP, 0, message(100 + i, MIB, PACKED));
            }
            time.advance(Duration.ofMillis(50));
        }

        long known = node.snapshot().duplicates();
        int fresh = node.received.size();
        assertTrue(known >= 12 && known <= 25, known + " known");
        assertTrue(fresh >= 50 && fresh <= 75, fresh + " new");
        assertEquals(1, node.reputation.score(strangers.get(0).peer).value(), "it is no offence");
    }
}
