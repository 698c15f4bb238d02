// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Payloads on their way in compressed form, and what comes of bad ones. */
class CompressionTest {

    private static final int DEFLATE = 1;
    private static final int BOTH = 3;
    private static final String TEXT = "accepted block of peer 7\n".repeat(170);
    private static final byte[] RAW = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final byte[] PACKED = FakeCodecs.pack(RAW);

    private final ManualScheduler time = new ManualScheduler();

    private FakeNode node(long number, int codecs, Map<String, ?> settings) {
        FakeNode node = new FakeNode(time, number, settings);
        node.codecs.codecs = codecs;
        return node;
    }

    private FakeNode node(long number, int codecs) {
        return node(number, codecs, Map.of());
    }

    private void pass(double seconds) {
        time.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static FakeTarget.Frame body(FakeLink link) {
        return link.carried.stream().filter(frame -> frame.type() == FrameType.GOSSIP).findFirst().orElseThrow();
    }

    private static ByteBuffer message(int codec, int rawLength, byte[] payload) {
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, rawLength);
        head[MessageCodec.CODEC_OFFSET] = (byte) codec;
        return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip();
    }

    @Test
    void shouldCompressOnceAndPassTheCompressedFormOn() {
        FakeNode alice = node(1, DEFLATE);
        FakeNode bob = node(2, DEFLATE);
        FakeNode carol = node(3, DEFLATE);
        FakeLink toBob = alice.connect(bob);
        FakeLink toCarol = bob.connect(carol);

        alice.publish(TEXT);
        pass(1);

        assertEquals(List.of(TEXT), bob.received);
        assertEquals(List.of(TEXT), carol.received);
        assertArrayEquals(PACKED, body(toBob).payload());
        assertArrayEquals(PACKED, body(toCarol).payload());
        assertTrue(body(toCarol).body().length <= RAW.length / 2);
        assertEquals(1, alice.codecs.compressed);
        assertEquals(0, bob.codecs.compressed);
        assertTrue(bob.snapshot().cachedBytes() < RAW.length + FakeNode.SEGMENT, "only the compressed form is kept");
    }

    @Test
    void shouldInflateForPeersThatDoNotKnowTheCodec() {
        FakeNode alice = node(1, BOTH);
        FakeNode bob = node(2, BOTH);
        FakeNode old = node(3, 0);
        FakeNode older = node(4, 0);
        FakeLink toBob = alice.connect(bob);
        FakeLink toOld = bob.connect(old);
        FakeLink toOlder = bob.connect(older);

        alice.publish(TEXT);
        pass(1);

        assertEquals(2, body(toBob).codec());
        assertEquals(0, body(toOld).codec());
        assertArrayEquals(RAW, body(toOld).payload());
        assertArrayEquals(RAW, body(toOlder).payload());
        assertEquals(List.of(TEXT), old.received);
        assertEquals(List.of(TEXT), older.received);
    }

    @Test
    void shouldCompressWithTheCodecMostLinksKnow() {
        FakeNode alice = node(1, BOTH);
        FakeLink toOld = alice.connect(node(2, 0));
        alice.publish(TEXT);
        FakeLink toBoth = alice.connect(node(3, BOTH));
        alice.publish(TEXT + "2");
        FakeLink toOne = alice.connect(node(4, DEFLATE));
        alice.publish(TEXT + "3");
        pass(0.05);

        assertEquals(List.of(0, 0, 0), codecs(toOld));
        assertEquals(List.of(2, 1), codecs(toBoth).subList(0, 2));
        assertEquals(1, codecs(toOne).get(0));
        assertEquals(2, alice.codecs.compressed, "nothing is compressed for nobody");
    }

    private static List<Integer> codecs(FakeLink link) {
        return link.carried.stream().filter(frame -> frame.type() == FrameType.GOSSIP)
                .map(frame -> frame.codec()).toList();
    }

    @Test
    void shouldSendAsItIsWhatIsNotWorthCompressing() {
        FakeNode alice = node(1, DEFLATE);
        FakeNode bob = node(2, DEFLATE);
        FakeLink toBob = alice.connect(bob);

        alice.publish("short");
        pass(1);

        assertEquals(List.of(0), codecs(toBob));
        assertEquals(List.of("short"), bob.received);
        assertEquals(0, bob.codecs.inflated);
    }

    @Test
    void shouldServeTheCompressedFormToo() {
        FakeNode alice = node(1, DEFLATE);
        FakeNode bob = node(2, DEFLATE);
        FakeLink toBob = alice.connect(bob);
        toBob.give(ControlCodec.pruneFor(10));
        pass(0.1);
        alice.publish(TEXT);
        pass(3);

        assertEquals(List.of(DEFLATE), codecs(toBob));
        assertEquals(List.of(TEXT), bob.received);
        assertEquals(1, bob.snapshot().repaired());
    }

    @Test
    void shouldTakeDuplicatesForWhatTheyAreWhateverTheirForm() {
        FakeNode alice = node(1, DEFLATE);
        FakeLink link = alice.connect(node(2, DEFLATE));
        byte[] otherwise = FakeCodecs.pack((TEXT + "x").getBytes(StandardCharsets.UTF_8));

        link.give(FrameType.GOSSIP, 0, message(0, RAW.length, RAW));
        link.give(FrameType.GOSSIP, 0, message(1, RAW.length, PACKED));
        link.give(FrameType.GOSSIP, 0, message(1, RAW.length, PACKED));
        link.give(FrameType.GOSSIP, 0, message(1, RAW.length + 1, otherwise));
        link.give(FrameType.GOSSIP, 0, message(1, RAW.length, PACKED));
        pass(1);

        assertEquals(List.of(TEXT, TEXT + "x"), alice.received);
        assertEquals(3, alice.snapshot().duplicates());
        assertNull(link.offence);
    }

    /** Bombs, by the lengths of the header; the codecs' own tests have the rest. */
    @Test
    void shouldCloseOnCompressedFormsThatCannotBe() {
        List<ByteBuffer> bad = List.of(message(1, RAW.length - 1, PACKED), message(1, RAW.length + 1, PACKED),
                message(1, RAW.length, Arrays.copyOf(PACKED, PACKED.length + 1)),
                message(1, RAW.length, Arrays.copyOf(PACKED, PACKED.length - 1)),
                message(1, 0, PACKED), message(1, 0, new byte[0]), message(1, 1, new byte[0]),
                message(1, 100 * PACKED.length + 1, PACKED), message(1, (1 << 20) + 1, new byte[1 << 16]),
                message(2, RAW.length, PACKED), message(3, RAW.length, PACKED), message(255, RAW.length, PACKED));
        for (ByteBuffer body : bad) {
            FakeNode alice = node(1, DEFLATE);
            FakeLink link = alice.connect(node(2, BOTH));

            link.give(FrameType.GOSSIP, 0, body);
            pass(1);

            assertNotNull(link.offence);
            assertEquals(GoodbyeReason.PROTOCOL_ERROR, link.closed);
            assertEquals(List.of(), alice.received);
            assertEquals(0, alice.dedup.size());
        }
    }

    /** What was set aside for want of room is inflated only when there is room for both its forms. */
    @Test
    void shouldInflateOnlyWhenThereIsRoom() {
        int both = RAW.length + PACKED.length;
        FakeNode alice = node(1, DEFLATE, Map.of("maxMessageBytes", RAW.length, "validationQueueBytes", 4 * both));
        FakeLink link = alice.connect(node(2, DEFLATE));
        alice.validate("*", message -> Verdict.ACCEPT);

        link.give(FrameType.GOSSIP, 0, message(1, RAW.length, PACKED));
        int before = alice.codecs.inflated;
        link.give(FrameType.GOSSIP, 0, message(1, RAW.length, Arrays.copyOf(PACKED, PACKED.length - 1)));

        assertEquals(1, before);
        assertEquals(1, alice.codecs.inflated, "there is no room");
        pass(1);
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, link.closed);
        assertEquals(-20 + 1, alice.reputation.score(link.peer).value());
        assertEquals(List.of(TEXT), alice.received);
        assertEquals(0, alice.snapshot().validationBytes());
    }

    /** The peer may send bodies nobody here can read any more: a new link is made, and nothing is lost or doubled. */
    @Test
    void shouldAskForANewLinkWhenACodecIsGone() {
        FakeNode alice = node(1, BOTH);
        FakeNode bob = node(2, BOTH);
        FakeLink first = alice.connect(bob);
        alice.publish("before " + TEXT);
        pass(1);

        bob.codecs.codecs = DEFLATE;
        alice.publish("short ones pass");
        pass(1);
        assertNull(first.closed, "nothing came that could not be read");
        alice.publish("meanwhile " + TEXT);
        alice.publish("and " + TEXT);
        pass(1);
        assertEquals(GoodbyeReason.RESTARTING, first.closed);
        assertNull(first.offence);
        assertTrue(bob.core.context.counters.ignored.sum() > 0);
        assertEquals(2, bob.received.size());
        FakeLink second = alice.connect(bob);
        alice.publish("after " + TEXT);
        pass(2);

        assertEquals(List.of("before " + TEXT, "short ones pass"), bob.received.subList(0, 2));
        assertEquals(5, bob.received.size());
        assertEquals(5, bob.received.stream().distinct().count());
        assertEquals(0, bob.snapshot().missed());
        assertTrue(codecs(second).contains(DEFLATE));
        assertTrue(bob.reputation.score(alice.id).value() > 0);
    }
}
