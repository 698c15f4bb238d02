// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What is just within a bound is taken, and what is one beyond it is refused. */
class BoundsTest {

    private static final Topic TOPIC = Topic.of("a/b");
    private static final int DEFLATE = 1;

    private static ByteBuffer message(int codec, int rawLength, int payloadLength) {
        byte[] head = Heads.head(1, Priority.HIGH, TOPIC, 7, rawLength);
        head[MessageCodec.CODEC_OFFSET] = (byte) codec;
        return ByteBuffer.allocate(head.length + payloadLength).put(0, head);
    }

    private static MessageHeader decode(ByteBuffer body, int maxMessageBytes) throws ProtocolException {
        MessageHeader header = new MessageHeader();
        MessageCodec.decode(body, new MessageCodec.Limits(maxMessageBytes, DEFLATE), new TopicCache(), header);
        return header;
    }

    private static ByteBuffer body(OutboundFrame frame) {
        return ByteBuffer.wrap(frame.body());
    }

    private static void assertRefused(ByteBuffer body) {
        assertThrows(ProtocolException.class, () -> decode(body, 1 << 20));
    }

    @Test
    void shouldTakeAMessageAsLongAsAgreed() throws Exception {
        ByteBuffer body = message(0, 100, 100);

        assertEquals(100, decode(body, 100).rawLength);
        assertEquals(0, body.position(), "it is left as it is");
        assertThrows(ProtocolException.class, () -> decode(body, 99));
    }

    @Test
    void shouldTakeAMessageWithoutAPayloadAndNoneWithoutATopic() throws Exception {
        assertEquals(0, decode(message(0, 0, 0), 1 << 20).payloadLength);
        assertRefused(ByteBuffer.allocate(MessageCodec.FIXED_LENGTH));
        assertRefused(ByteBuffer.allocate(MessageCodec.FIXED_LENGTH - 1));
    }

    @Test
    void shouldTakeTheLongestTopicAndNoneThatEndsBehindTheMessage() throws Exception {
        byte[] head = Heads.head(0, Priority.LOW, Topic.of("t".repeat(Topic.MAX_LENGTH)), 1, 0);

        assertEquals(Topic.MAX_LENGTH, decode(ByteBuffer.wrap(head), 1).topic.length());
        assertRefused(ByteBuffer.wrap(head, 0, head.length - 1).slice());
    }

    @Test
    void shouldReadAMessageWhereverItBegins() throws Exception {
        ByteBuffer message = message(0, 4, 4);
        ByteBuffer later = ByteBuffer.allocate(10 + message.remaining()).position(10).put(message).position(10);

        MessageHeader header = decode(later, 1 << 20);

        assertEquals(TOPIC, header.topic);
        assertEquals(10 + MessageCodec.FIXED_LENGTH + TOPIC.length(), header.payloadOffset);
        assertEquals(1, header.hops);
    }

    @Test
    void shouldTakeWhatGrowsAHundredTimesAndNoMore() throws Exception {
        assertEquals(400, decode(message(DEFLATE, 400, 4), 1 << 20).rawLength);
        assertRefused(message(DEFLATE, 401, 4));
        assertRefused(message(DEFLATE, 0, 4));
        assertRefused(message(DEFLATE, 4, 0));
    }

    @Test
    void shouldHoldBothFormsOfACompressedPayload() throws Exception {
        assertEquals(404, decode(message(DEFLATE, 400, 4), 1 << 20).heldLength());
        assertEquals(100, decode(message(0, 100, 100), 1 << 20).heldLength());
    }

    @Test
    void shouldReadWhatStandsInABodyThatWasChecked() {
        byte[] data = ByteBuffer.allocate(50).position(5).put(Heads.head(200, Priority.LOW, TOPIC, 9, 70_000))
                .array();
        MessageCodec.putLong(data, 5 + MessageCodec.NUMBER_OFFSET, 1L << 40 | 3);

        assertEquals(200, MessageCodec.hops(data, 5));
        assertEquals(70_000, MessageCodec.rawLength(data, 5));
        assertEquals(TOPIC, MessageCodec.topic(data, 5));
        assertEquals(1L << 40 | 3, MessageCodec.number(data, 5));
        for (Priority priority : Priority.values()) {
            assertEquals(MessageCodec.FIXED_LENGTH + TOPIC.length(),
                    MessageCodec.headLength(Heads.head(1, priority, TOPIC, 9, 1), 0));
        }
    }

    @Test
    void shouldPutASealBetweenTopicAndPayload() throws Exception {
        byte[] head = Heads.head(1, Priority.HIGH, TOPIC, 7, 2);
        byte[] seal = Seal.seal(TestIdentity.of(1), new IdKey(Peers.messageId(1)), 5);
        ByteBuffer whole = ByteBuffer.allocate(head.length + Seal.LENGTH).put(head);

        MessageCodec.putSeal(whole, null);
        assertArrayEquals(head, Arrays.copyOf(whole.array(), whole.position()));
        MessageCodec.putSeal(whole, seal);
        byte[] sealed = whole.array();
        MessageHeader header = decode(ByteBuffer.allocate(sealed.length + 2).put(0, sealed), 1 << 20);

        assertTrue(header.sealed);
        assertEquals(Priority.HIGH, header.priority);
        assertEquals(sealed.length, header.payloadOffset);
        assertEquals(2, header.payloadLength);
        assertEquals(sealed.length, MessageCodec.headLength(sealed, 0));
        assertEquals(sealed.length, whole.position());
        assertRefused(ByteBuffer.wrap(sealed, 0, sealed.length - 1).slice());
    }

    @Test
    void shouldFindASealGenuineForItsMessageAlone() {
        TestIdentity alice = TestIdentity.of(1);
        IdKey id = new IdKey(Peers.messageId(1));
        byte[] seal = Seal.seal(alice, id, 1L << 40);
        ByteBuffer body = ByteBuffer.allocate(3 + Seal.LENGTH).put(3, seal);

        assertTrue(Seal.isGenuine(body, 3, id));
        assertFalse(Seal.isGenuine(body, 3, new IdKey(Peers.messageId(2))));
        assertEquals(1L << 40, Seal.millis(body, 3));
        assertEquals(alice.id(), Seal.publisher(seal));
        for (int at = 0; at < Seal.LENGTH; at++) {
            ByteBuffer changed = ByteBuffer.allocate(body.capacity()).put(0, body.array());
            changed.put(3 + at, (byte) (changed.get(3 + at) ^ 1));
            assertFalse(Seal.isGenuine(changed, 3, id), "byte " + at);
        }
        for (int word = 0; word < 4; word++) {
            long[] words = {id.word0(), id.word1(), id.word2(), id.word3()};
            words[word]++;
            assertFalse(Seal.isGenuine(body, 3, new IdKey(MessageId.of(words[0], words[1], words[2], words[3]))));
        }
    }

    private static <T> List<T> many(int count, T each) {
        return new ArrayList<>(Collections.nCopies(count, each));
    }

    @Test
    void shouldTakeAThousandIdsAndNoMore() throws Exception {
        Announcement longest = new Announcement(Peers.messageId(1), 500, 0xFFFF_FFFFL);
        ByteBuffer thousand = body(ControlCodec.ihave(many(1000, longest)));

        assertEquals(1000, ControlCodec.announcements(thousand, 500).size());
        assertEquals(0xFFFF_FFFFL, ControlCodec.announcements(thousand, 500).get(999).ageMillis());
        assertEquals(0, thousand.position());
        assertThrows(ProtocolException.class, () -> ControlCodec.announcements(thousand, 499));
        assertThrows(ProtocolException.class, () -> ControlCodec.announcements(
                body(ControlCodec.ihave(many(1001, longest))), 500));
        assertThrows(ProtocolException.class, () -> ControlCodec.announcements(
                body(ControlCodec.ihave(List.of())), 500));
    }

    @Test
    void shouldReadLongPausesOfPrune() throws Exception {
        assertEquals(0xFFFF, ControlCodec.prune(body(ControlCodec.pruneFor(0xFFFF))));
        assertThrows(ProtocolException.class, () -> ControlCodec.prune(ByteBuffer.allocate(1)));
    }

    @Test
    void shouldCutCountsOfSettledToWhatFits() throws Exception {
        IdKey id = new IdKey(Peers.messageId(1));
        ByteBuffer body = body(SettleCodec.settled(List.of(new SettleCodec.Answer(id, 1L << 32, Long.MAX_VALUE))));

        SettleCodec.Answer answer = SettleCodec.answers(body).get(0);

        assertEquals(0xFFFF_FFFFL, answer.nodes());
        assertEquals(0xFFFF_FFFFL, answer.leftOut());
        assertEquals(0xFFFF_FFFFL, SettleCodec.questions(body(SettleCodec.settle(
                List.of(new SettleCodec.Question(id, 0xFFFF_FFFFL))))).get(0).millis());
        assertThrows(ProtocolException.class, () -> SettleCodec.answers(ByteBuffer.wrap(body.array(), 0, 41).slice()));
        assertThrows(ProtocolException.class, () -> SettleCodec.questions(body));
    }

    @Test
    void shouldTellOfNineHundredNeighboursAtMost() throws Exception {
        Neighbour each = new Neighbour(Long.MIN_VALUE, true, false, -1, new long[] {1, 2, 3});
        Neighbourhood crowd = new Neighbourhood(-3, -2, new long[] {4, 5, 6}, many(901, each));

        Neighbourhood told = Neighbourhood.decode(body(crowd.frame()));

        assertEquals(900, told.neighbours().size());
        assertEquals(-3, told.key());
        Neighbour last = told.neighbours().get(899);
        assertTrue(last.sends() && !last.level());
        assertArrayEquals(new long[] {1, 2, 3}, last.numbers());
        Neighbour other = new Neighbour(1, false, true, 0, new long[3]);
        Neighbour read = Neighbourhood.decode(body(new Neighbourhood(0, 0, new long[3], List.of(other)).frame()))
                .neighbours().get(0);
        assertTrue(!read.sends() && read.level());
    }

    @Test
    void shouldTakeAnAckOfItsLengthWithFlagsThatAreDefined() throws Exception {
        Ack ack = Ack.decode(body(new Ack(0b101, new long[] {1, -2, 3}).frame()));

        assertEquals(List.of(true, false, true), Stream.of(0, 1, 2).map(ack::isPressed).toList());
        assertArrayEquals(new long[] {1, -2, 3}, ack.settled());
        assertThrows(ProtocolException.class, () -> Ack.decode(ByteBuffer.allocate(25).put(0, (byte) 8)));
        assertThrows(ProtocolException.class, () -> Ack.decode(ByteBuffer.allocate(25).put(0, (byte) 0x80)));
        assertDoesNotThrow(() -> Ack.decode(ByteBuffer.allocate(25).put(0, (byte) 7)));
        assertThrows(ProtocolException.class, () -> Ack.decode(ByteBuffer.allocate(24)));
        assertThrows(ProtocolException.class, () -> Ack.decode(ByteBuffer.allocate(26)));
    }

    @Test
    void shouldDecodeATopicOnceWhileItIsUsed() throws Exception {
        TopicCache topics = new TopicCache();
        ByteBuffer body = message(0, 0, 0);

        Topic first = topics.at(body, MessageCodec.FIXED_LENGTH, TOPIC.length());

        assertSame(first, topics.at(body, MessageCodec.FIXED_LENGTH, TOPIC.length()));
        for (int i = 0; i < 100; i++) {
            byte[] name = ("topic" + i).getBytes(StandardCharsets.US_ASCII);
            assertEquals("topic" + i, topics.at(ByteBuffer.wrap(name), 0, name.length).name());
        }
        assertEquals(TOPIC, topics.at(body, MessageCodec.FIXED_LENGTH, TOPIC.length()));
    }

    @Test
    void shouldDecodeEachOfAFewTopicsOnceThoughTheyTakeTurns() throws Exception {
        TopicCache topics = new TopicCache();
        ByteBuffer names = ByteBuffer.wrap("abcdefgh".getBytes(StandardCharsets.US_ASCII));
        List<Topic> first = new ArrayList<>();
        for (int at = 0; at < names.capacity(); at++) {
            first.add(topics.at(names, at, 1));
        }

        for (int at = 0; at < names.capacity(); at++) {
            assertSame(first.get(at), topics.at(names, at, 1));
        }
    }

    @Test
    void shouldHashForItsNetworkAlone() {
        byte[] tag = new byte[16];
        MessageHasher hasher = new MessageHasher(tag);
        IdKey fromArray = new IdKey();
        IdKey fromBuffer = new IdKey();

        hasher.hash(TOPIC, 1, new byte[] {1, 2, 3}, fromArray);
        hasher.hash(TOPIC, 1, ByteBuffer.wrap(new byte[] {1, 2, 3}), fromBuffer);

        assertEquals(fromArray, fromBuffer);
        assertDoesNotThrow(() -> hasher.hash(Topic.of("t".repeat(Topic.MAX_LENGTH)), 1, new byte[0], new IdKey()));
        assertTrue(hasher.isFor(new byte[16]));
        assertFalse(hasher.isFor(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    }

    @Test
    void shouldOrderKeysByTheFirstWordThatDiffers() {
        long[] words = {5, 6, 7, 8};
        IdKey key = new IdKey(MessageId.of(5, 6, 7, 8));
        for (int word = 0; word < 4; word++) {
            long[] more = words.clone();
            more[word]++;
            IdKey greater = new IdKey(MessageId.of(more[0], more[1], more[2], more[3]));
            assertTrue(key.compareTo(greater) < 0 && greater.compareTo(key) > 0);
            assertFalse(key.equals(greater) || greater.equals(key));
        }
        assertEquals(0, key.compareTo(new IdKey(key)));
        assertEquals(key, new IdKey(key));
        long[] target = new long[6];
        key.put(target, 1);
        assertArrayEquals(new long[] {0, 5, 6, 7, 8, 0}, target);
        assertEquals(List.of(5L, 6L, 7L, 8L), List.of(key.word0(), key.word1(), key.word2(), key.word3()));
    }
}
