// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CodecTest {

    private static final MessageCodec.Limits LIMITS = new MessageCodec.Limits(1 << 20, 0);

    private static byte[] valid() {
        byte[] head = Heads.head(1, Priority.HIGH, Topic.of("a/b"), 7, 4);
        return ByteBuffer.allocate(head.length + 4).put(head).putInt(0xCAFE).array();
    }

    private static void decode(byte[] body) throws ProtocolException {
        MessageCodec.decode(ByteBuffer.wrap(body), LIMITS, new TopicCache(), new MessageHeader());
    }

    private static void assertMalformed(int offset, int... bytes) {
        byte[] body = valid();
        for (int i = 0; i < bytes.length; i++) {
            body[offset + i] = (byte) bytes[i];
        }
        assertThrows(ProtocolException.class, () -> decode(body));
    }

    private static byte[] withTopic(byte[] topic) {
        ByteBuffer body = ByteBuffer.allocate(MessageCodec.FIXED_LENGTH + topic.length);
        body.put(3, (byte) topic.length).position(MessageCodec.FIXED_LENGTH);
        return body.put(topic).array();
    }

    /** Hops 255 is no malformation, priority 3 is. */
    @Test
    void shouldRefusePrioritiesNobodyKnows() {
        assertMalformed(1, 3);
        assertMalformed(1, 255);
        byte[] manyHops = valid();
        manyHops[0] = (byte) 255;
        assertDoesNotThrow(() -> decode(manyHops));
    }

    @Test
    void shouldRefuseLengthsThatAreNotThoseOfThePayload() {
        assertMalformed(4, 0, 0, 0, 3);
        assertMalformed(4, 0, 0, 0, 5);
        assertMalformed(4, 0xFF, 0xFF, 0xFF, 0xFF);
        byte[] body = valid();
        assertThrows(ProtocolException.class, () -> MessageCodec.decode(ByteBuffer.wrap(body),
                new MessageCodec.Limits(3, 0), new TopicCache(), new MessageHeader()));
    }

    @Test
    void shouldRefuseTopicsThatAreNoStrictUtf8() {
        assertMalformed(3, 0);
        assertMalformed(3, 65);
        assertMalformed(3, 255);
        assertMalformed(3, 8);
        List<byte[]> bad = List.of(new byte[] {0}, new byte[] {0x1F}, new byte[] {0x7F}, new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0x80}, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80}, new byte[] {(byte) 0xE2, (byte) 0x82});
        bad.forEach(topic -> assertThrows(ProtocolException.class, () -> decode(withTopic(topic))));
        assertDoesNotThrow(() -> decode(withTopic("ключ/漢".getBytes(StandardCharsets.UTF_8))));
    }

    private static void assertSays(String reason, byte[] body) {
        assertEquals(reason, assertThrows(ProtocolException.class, () -> decode(body)).getMessage());
    }

    /** The length of the payload is what is left, so that nothing else is wrong with these. */
    @Test
    void shouldRefuseTopicsOfALengthThatNoTopicHas() {
        for (int length : new int[] {-128, -1, 0, Topic.MAX_LENGTH + 1, 127}) {
            byte[] body = new byte[200];
            Arrays.fill(body, MessageCodec.FIXED_LENGTH, body.length, (byte) 'a');
            ByteBuffer.wrap(body).put(3, (byte) length).putInt(4, body.length - MessageCodec.FIXED_LENGTH - length);

            assertSays("a topic that is empty or too long", body);
        }
    }

    @Test
    void shouldSayThatATopicGoesOnBehindItsMessage() {
        byte[] body = valid();
        body[3] = 8;

        assertSays("a topic or a seal past the end of its message", body);
    }

    @Test
    void shouldRefuseCodecsThatWereNotAgreed() {
        for (int codec = 1; codec < 256; codec++) {
            assertMalformed(2, codec);
        }
        byte[] bomb = valid();
        bomb[2] = 1;
        ByteBuffer.wrap(bomb).putInt(4, 401);
        MessageCodec.Limits deflate = new MessageCodec.Limits(1 << 20, 1);
        assertThrows(ProtocolException.class, () -> MessageCodec.decode(ByteBuffer.wrap(bomb), deflate,
                new TopicCache(), new MessageHeader()));
    }

    @Test
    void shouldRefuseListsThatAreNotAsLongAsTheySay() {
        List<byte[]> bad = List.of(new byte[0], new byte[1], new byte[2], new byte[2 + 39], new byte[2 + 33]);
        for (byte[] body : bad) {
            assertThrows(ProtocolException.class, () -> ControlCodec.announcements(ByteBuffer.wrap(body), 1 << 20));
            assertThrows(ProtocolException.class, () -> ControlCodec.ids(ByteBuffer.wrap(body)));
        }
        ByteBuffer tooMany = ByteBuffer.allocate(2 + 1001 * 32).putShort(0, (short) 1001);
        assertThrows(ProtocolException.class, () -> ControlCodec.ids(tooMany));
        assertThrows(ProtocolException.class, () -> ControlCodec.graft(ByteBuffer.wrap(new byte[] {1})));
        assertThrows(ProtocolException.class, () -> ControlCodec.graft(ByteBuffer.wrap(new byte[] {2})));
        assertThrows(ProtocolException.class, () -> ControlCodec.graft(ByteBuffer.wrap(new byte[33])));
        assertThrows(ProtocolException.class, () -> ControlCodec.prune(ByteBuffer.wrap(new byte[3])));
    }

    private static byte[] neighbourhood(int count) {
        return ByteBuffer.allocate(38 + count * 67).putShort(36, (short) count).array();
    }

    @Test
    void shouldRefuseANeighboursThatIsNotAsLongAsItSays() {
        byte[] oneLess = neighbourhood(1);
        oneLess[37] = 2;
        byte[] oneMore = neighbourhood(2);
        oneMore[37] = 1;
        List<byte[]> bad = List.of(new byte[0], new byte[37], oneLess, oneMore, Arrays.copyOf(neighbourhood(1), 104),
                Arrays.copyOf(neighbourhood(1), 106), neighbourhood(901));

        bad.forEach(body -> assertThrows(ProtocolException.class, () -> Neighbourhood.decode(ByteBuffer.wrap(body))));
        assertDoesNotThrow(() -> Neighbourhood.decode(ByteBuffer.wrap(neighbourhood(0))));
        assertDoesNotThrow(() -> Neighbourhood.decode(ByteBuffer.wrap(neighbourhood(900))));
    }

    @Test
    void shouldRefuseFlagsOfNeighboursThatAreNotDefined() {
        for (int flags = 0; flags < 256; flags++) {
            byte[] body = neighbourhood(1);
            body[46] = (byte) flags;
            if (flags < 4) {
                assertDoesNotThrow(() -> Neighbourhood.decode(ByteBuffer.wrap(body)));
            } else {
                assertThrows(ProtocolException.class, () -> Neighbourhood.decode(ByteBuffer.wrap(body)));
            }
        }
    }

    /** Of each priority a number, a count of at most 32 768, and a fingerprint below 2^61 - 1; 0 if none is told. */
    @Test
    void shouldRefuseFingerprintsThatCannotBe() {
        long highest = (1L << 61) - 2;
        for (int at = 51; at < 105; at += 18) {
            assertDoesNotThrow(fingerprint(at, 32_768, highest));
            assertDoesNotThrow(fingerprint(at, 1, 0));
            assertThrows(ProtocolException.class, fingerprint(at, 32_769, 5));
            assertThrows(ProtocolException.class, fingerprint(at, 0xFFFF, 5));
            assertThrows(ProtocolException.class, fingerprint(at, 0, 1));
            assertThrows(ProtocolException.class, fingerprint(at, 1, highest + 1));
            assertThrows(ProtocolException.class, fingerprint(at, 1, -1));
        }
    }

    private static Executable fingerprint(int at, int count, long fingerprint) {
        byte[] body = neighbourhood(1);
        ByteBuffer.wrap(body).putShort(at + 8, (short) count).putLong(at + 10, fingerprint);
        return () -> Neighbourhood.decode(ByteBuffer.wrap(body));
    }

    @Test
    void shouldRefuseAFetchOfAnotherLength() {
        for (int length : new int[] {0, 35, 37}) {
            assertThrows(ProtocolException.class, () -> Fetch.decode(ByteBuffer.wrap(new byte[length])));
        }
        assertDoesNotThrow(() -> Fetch.decode(ByteBuffer.wrap(new byte[36])));
    }

    @Test
    void shouldRefuseAProbeOfAnotherLengthOrRound() {
        for (int length : new int[] {0, 8, 10}) {
            assertThrows(ProtocolException.class, () -> Probe.decode(ByteBuffer.wrap(new byte[length])));
        }
        for (int round : new int[] {5, 255}) {
            assertThrows(ProtocolException.class, () -> Probe.decode(ByteBuffer.allocate(9).put(8, (byte) round)));
        }
        assertDoesNotThrow(() -> Probe.decode(ByteBuffer.allocate(9).put(8, (byte) 4)));
    }

    @Test
    void shouldRefuseAnAnnouncementLongerThanAgreed() {
        ByteBuffer body = ByteBuffer.wrap(
                ControlCodec.ihave(List.of(new Announcement(Peers.messageId(1), -1, 0))).body());

        assertThrows(ProtocolException.class, () -> ControlCodec.announcements(body, 1 << 20));
    }

    @Test
    void shouldDecodeWhatItEncoded() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 10_000; i++) {
            Topic topic = Topic.of("t".repeat(1 + random.nextInt(64)));
            int hops = random.nextInt(256);
            long nonce = random.nextLong();
            Priority priority = Priority.values()[random.nextInt(3)];
            long number = random.nextLong();
            int length = random.nextInt(64);
            byte[] head = Heads.head(hops, priority, topic, nonce, length);
            ByteBuffer.wrap(head).putLong(MessageCodec.NUMBER_OFFSET, number);
            MessageHeader header = new MessageHeader();

            MessageCodec.decode(ByteBuffer.allocate(head.length + length).put(head).rewind(), LIMITS,
                    new TopicCache(), header);

            assertTrue(header.hops == hops && header.nonce == nonce && header.rawLength == length);
            assertEquals(number, header.number);
            assertEquals(priority, header.priority);
            assertEquals(topic, header.topic);
            assertEquals(head.length, header.payloadOffset);
        }
    }

    @Test
    void shouldThrowNothingButTheProtocolExceptionForRandomBytes() {
        SplittableRandom random = new SplittableRandom(12);
        TopicCache topics = new TopicCache();
        MessageHeader header = new MessageHeader();
        byte[] template = valid();
        int decoded = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] bytes = template.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ByteBuffer body = ByteBuffer.wrap(bytes, 0, random.nextInt(8) == 0 ? random.nextInt(bytes.length + 1)
                    : bytes.length);
            try {
                switch (i % 7) {
                    case 0 -> ControlCodec.announcements(body, 1 << 20);
                    case 1 -> ControlCodec.ids(body);
                    case 2 -> ControlCodec.graft(body);
                    case 3 -> Neighbourhood.decode(body);
                    case 4 -> Fetch.decode(body);
                    case 5 -> Probe.decode(body);
                    default -> MessageCodec.decode(body, LIMITS, topics, header);
                }
                decoded++;
            } catch (ProtocolException e) {
                assertTrue(e.getStackTrace().length == 0);
            }
        }
        assertTrue(decoded > 10_000);
    }
}
