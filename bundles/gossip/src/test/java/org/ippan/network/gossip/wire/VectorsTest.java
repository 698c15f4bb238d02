// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** The checked bytes of the protocol against the codecs. */
class VectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    private static byte[] tag(String networkId) throws Exception {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256")
                .digest(("ippan-net/1" + networkId).getBytes(StandardCharsets.UTF_8)), 16);
    }

    private static ByteBuffer body(String frame) {
        byte[] bytes = HEX.parseHex(frame);
        return ByteBuffer.wrap(bytes, FrameType.HEADER_LENGTH, bytes.length - FrameType.HEADER_LENGTH);
    }

    private static String hex(OutboundFrame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.length());
        bytes.put((byte) FrameType.MARK).put((byte) frame.type().code()).putShort((short) 0);
        bytes.putInt(frame.length() - FrameType.HEADER_LENGTH).put(frame.body());
        return HEX.formatHex(bytes.array());
    }

    @Test
    void shouldComputeTheIdsOfTheVectors() throws Exception {
        List<Map<String, String>> vectors = Vectors.section("messageId");

        for (Map<String, String> vector : vectors) {
            IdKey id = new IdKey();
            new MessageHasher(tag(vector.get("networkId"))).hash(Topic.of(vector.get("topic")),
                    Long.parseUnsignedLong(vector.get("nonce")), HEX.parseHex(vector.get("payload")), id);
            assertEquals(vector.get("id"), id.toId().toString());
        }

        assertEquals(6, vectors.size());
    }

    @Test
    void shouldReadAndWriteTheGossipFramesOfTheVectors() throws Exception {
        for (Map<String, String> vector : Vectors.section("gossipFrame")) {
            ByteBuffer body = body(vector.get("frame"));
            MessageHeader header = new MessageHeader();

            MessageCodec.decode(body, new MessageCodec.Limits(1 << 20, 0), new TopicCache(), header);

            assertEquals(vector.get("topic"), header.topic.name());
            assertEquals(Long.parseLong(vector.get("nonce")), header.nonce);
            assertEquals(Long.parseLong(vector.get("number")), header.number);
            assertEquals(Integer.parseInt(vector.get("hops")), header.hops);
            assertEquals(Priority.NORMAL, header.priority);
            assertEquals(250, header.ageMillis);
            byte[] head = Heads.head(3, Priority.NORMAL, header.topic, header.nonce, header.rawLength);
            ByteBuffer.wrap(head).putInt(MessageCodec.AGE_OFFSET, 250)
                    .putLong(MessageCodec.NUMBER_OFFSET, header.number);
            assertEquals(body.slice().limit(head.length), ByteBuffer.wrap(head));
        }
    }

    @Test
    void shouldReadAndWriteTheControlFramesOfTheVectors() throws Exception {
        String ihave = Vectors.control("IHAVE").get("frame");
        String iwant = Vectors.control("IWANT").get("frame");
        String missing = Vectors.control("MISSING").get("frame");
        String graft = Vectors.control("GRAFT one").get("frame");

        List<Announcement> announced = ControlCodec.announcements(body(ihave), 1 << 20);

        Announcement only = announced.get(0);
        assertEquals(5, only.rawLength());
        assertEquals(250, only.ageMillis());
        assertEquals(List.of(only.toId()), ControlCodec.ids(body(iwant)));
        assertEquals(List.of(only.toId()), ControlCodec.ids(body(missing)));
        assertEquals(only.toId(), ControlCodec.graft(body(graft)));
        assertNull(ControlCodec.graft(body(Vectors.control("GRAFT none").get("frame"))));
        assertEquals(10, ControlCodec.prune(body(Vectors.control("PRUNE").get("frame"))));
        assertEquals(ihave, hex(ControlCodec.ihave(announced)));
        assertEquals(iwant, hex(ControlCodec.ids(FrameType.IWANT, announced)));
        assertEquals(missing, hex(ControlCodec.ids(FrameType.MISSING, announced)));
        assertEquals(graft, hex(ControlCodec.graft(only)));
        assertEquals(Vectors.control("GRAFT none").get("frame"), hex(ControlCodec.GRAFT_NONE));
        assertEquals(Vectors.control("PRUNE").get("frame"), hex(ControlCodec.pruneFor(10)));
    }

    @Test
    void shouldReadAndWriteTheProbeOfTheVectors() throws Exception {
        String frame = Vectors.control("PROBE").get("frame");

        Probe probe = Probe.decode(body(frame));

        assertEquals(new Probe(0xA1B2C3D4E5F60718L, 2), probe);
        assertEquals(frame, hex(probe.frame()));
    }

    @Test
    void shouldReadAndWriteWhatTheVectorsSayOfSettledMessages() throws Exception {
        String settle = Vectors.control("SETTLE of").get("frame");
        String settled = Vectors.control("SETTLED").get("frame");

        List<SettleCodec.Question> questions = SettleCodec.questions(body(settle));
        List<SettleCodec.Answer> answers = SettleCodec.answers(body(settled));

        MessageId id = ControlCodec.ids(body(Vectors.control("IWANT").get("frame"))).get(0);
        assertEquals(id, questions.get(0).toId());
        assertEquals(30_000, questions.get(0).millis());
        assertEquals(id, answers.get(0).toId());
        assertEquals(4, answers.get(0).nodes());
        assertEquals(1, answers.get(0).leftOut());
        assertEquals(settle, hex(SettleCodec.settle(questions)));
        assertEquals(settled, hex(SettleCodec.settled(answers)));
    }

    @Test
    void shouldReadAndWriteWhatTheVectorsSayOfNeighbours() throws Exception {
        String none = Vectors.control("NEIGHBOURS none").get("frame");
        String one = Vectors.control("NEIGHBOURS one").get("frame");
        String fetch = Vectors.control("FETCH").get("frame");

        Neighbourhood alone = Neighbourhood.decode(body(none));
        Neighbourhood linked = Neighbourhood.decode(body(one));
        Fetch asked = Fetch.decode(body(fetch));

        Neighbourhood.Neighbour only = linked.neighbours().get(0);
        long first = Long.parseUnsignedLong(Vectors.section("identity").get(0).get("peerId").substring(0, 16), 16);
        assertEquals(List.of(), alone.neighbours());
        assertEquals(0x01020304, linked.epoch());
        assertArrayEquals(new long[] {0, 5, 0}, linked.begins());
        assertEquals(first, only.peer());
        assertTrue(only.sends() && only.level());
        assertEquals(0x0a0b0c0d, only.epoch());
        assertArrayEquals(new long[] {-1, 7, 0}, only.numbers());
        assertEquals(0x0102030405060708L, linked.key());
        assertArrayEquals(new int[] {0, 2, 0}, only.proof().counts());
        assertArrayEquals(new long[] {0, 0xe4450dae983b07eL, 0}, only.proof().fingerprints());
        assertEquals(first, asked.peer());
        assertEquals(0x0a0b0c0d, asked.epoch());
        assertArrayEquals(new long[] {0, 5, 0}, asked.numbers());
        assertEquals(none, hex(alone.frame()));
        assertEquals(one, hex(linked.frame()));
        assertEquals(fetch, hex(asked.frame()));
    }

    @Test
    void shouldReadTheHeaderOfTheDeflatedFrameAndAgreeWithItsId() throws Exception {
        Map<String, String> vector = Vectors.section("deflated").get(0);
        ByteBuffer body = body(vector.get("frame"));
        MessageHeader header = new MessageHeader();

        MessageCodec.decode(body, new MessageCodec.Limits(1 << 20, 1), new TopicCache(), header);
        Inflater inflater = new Inflater(true);
        inflater.setInput(body.array(), header.payloadOffset, header.payloadLength);
        byte[] raw = new byte[header.rawLength];
        int inflated = inflater.inflate(raw);
        boolean finished = inflater.inflate(new byte[1]) == 0 && inflater.finished();
        inflater.end();
        IdKey id = new IdKey();
        new MessageHasher(tag("default")).hash(header.topic, header.nonce, raw, id);

        assertEquals(header.rawLength, inflated);
        assertTrue(finished);
        assertArrayEquals(HEX.parseHex(vector.get("raw")), raw);
        assertEquals(vector.get("id"), id.toId().toString());
        assertFalse(header.topic.name().isEmpty());
    }
}
