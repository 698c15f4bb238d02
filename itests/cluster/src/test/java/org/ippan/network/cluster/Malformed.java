// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.frame;
import static org.ippan.network.testkit.process.WireFrames.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.ippan.network.testkit.process.WirePeer;

/**
 * What a peer may say wrongly, and what is to come of it.
 *
 * @param what in words
 * @param bytes what is said
 * @param outcome what comes of it
 */
record Malformed(String what, byte[] bytes, Outcome outcome) {

    static final int MIB = 1 << 20;
    private static final int PEERS = 0x19;
    private static final int EXTENSION = 0x9F;
    private static final int HEAD = 28;
    private static final byte[] TOPIC = ascii("topic");

    /** What comes of something. */
    enum Outcome {
        /** GOODBYE(PROTOCOL_ERROR), and 20 points where it is proved who it is. */
        OFFENCE,
        /** The connection lives, and costs nothing. */
        SKIPPED,
        /** The connection ends without a word, and costs nothing. */
        END
    }

    private static Malformed offence(String what, byte[]... bytes) {
        return new Malformed(what, joined(bytes), Outcome.OFFENCE);
    }

    private static Malformed skipped(String what, byte[]... bytes) {
        return new Malformed(what, joined(bytes), Outcome.SKIPPED);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Stream.of(parts).forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] ping() {
        return frame(WirePeer.PING, new byte[8]);
    }

    private static byte[] wrongMark() {
        byte[] ping = ping();
        ping[0] ^= 1;
        return ping;
    }

    private static byte[] gossip(int hops, int priority, int codec, int topicLength, byte[] topic, int rawLength,
            int age, byte[] payload) {
        return frame(WirePeer.GOSSIP, ByteBuffer.allocate(HEAD + topic.length + payload.length).put((byte) hops)
                .put((byte) priority).put((byte) codec).put((byte) topicLength).putInt(rawLength).putInt(age)
                .putLong(System.nanoTime()).putLong(1).put(topic).put(payload).array());
    }

    private static byte[] topic(int length, byte[] topic) {
        return gossip(0, 1, 0, length, topic, 1, 0, new byte[1]);
    }

    private static byte[] aged(int hops, int priority, int age) {
        return gossip(hops, priority, 0, TOPIC.length, TOPIC, 1, age, new byte[1]);
    }

    private static byte[] packed(int rawLength, byte[] payload) {
        return gossip(0, 1, 1, TOPIC.length, TOPIC, rawLength, 0, payload);
    }

    private static byte[] deflated(int zeros) {
        return deflated(new byte[zeros], zeros / 100 + 100);
    }

    /** A message that says it is a byte shorter than what it inflates to: nearly 100 times the bytes that come. */
    static byte[] bomb() {
        return packed(MIB - 1, deflated(content(), MIB));
    }

    /** The same, of the right length. */
    static byte[] packed() {
        return packed(MIB, deflated(content(), MIB));
    }

    private static byte[] content() {
        byte[] content = new byte[MIB];
        byte[] noise = new byte[MIB / 110];
        ThreadLocalRandom.current().nextBytes(noise);
        System.arraycopy(noise, 0, content, 0, noise.length);
        return content;
    }

    private static byte[] deflated(byte[] content, int most) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[most];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static byte[] announcements(int count, int length) {
        return frame(WirePeer.IHAVE, ByteBuffer.allocate(2 + length).putShort((short) count).array());
    }

    private static byte[] times(int count, byte[] bytes) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            whole.writeBytes(bytes);
        }
        return whole.toByteArray();
    }

    private static byte[] goodbye() {
        return frame(WirePeer.GOODBYE, ByteBuffer.allocate(13).put((byte) 1).putInt(0).put((byte) 7)
                .put(ascii("\u001b[2J\r\n\u0007")).array());
    }

    /** What is said after the handshake. */
    static List<Malformed> established() {
        return List.of(offence("wrong mark", wrongMark()),
                offence("wrong mark after a good frame", ping(), wrongMark()),
                offence("unknown type below 0x80", frame(0x7F, new byte[8])),
                skipped("unknown type from 0x80 on", frame(EXTENSION, new byte[100])),
                offence("a long frame of an unknown type", header(EXTENSION, 0, 0, 64 * 1024 + 1)),
                offence("undefined flag", header(WirePeer.PING, 2, 0, 8)),
                offence("undefined flag of an unknown type", header(EXTENSION, 1, 0, 8)),
                offence("reserved byte", header(WirePeer.PING, 0, 1, 8)),
                offence("PING that was asked for", header(WirePeer.PING, 1, 0, 8)),
                offence("PING without body", header(WirePeer.PING, 0, 0, 0)),
                offence("message without body", header(WirePeer.GOSSIP, 0, 0, 0)),
                offence("announcement without body", header(WirePeer.IHAVE, 0, 0, 0)),
                offence("message one byte too long", header(WirePeer.GOSSIP, 0, 0, MIB + 197)),
                offence("announcement of 1001", header(WirePeer.IHAVE, 0, 0, 2 + 40 * 1001)),
                offence("2 GiB - 1", header(WirePeer.GOSSIP, 0, 0, 0x7FFFFFFF)),
                offence("2 GiB", header(WirePeer.GOSSIP, 0, 0, 0x80000000)),
                offence("4 GiB - 1", header(WirePeer.GOSSIP, 0, 0, 0xFFFFFFFF)),
                offence("addresses that are not there", frame(PEERS, new byte[] {3})),
                skipped("1000 messages in one segment", times(1000, aged(0, 1, 0))),
                offence("length that is not the payload's",
                        gossip(0, 1, 0, TOPIC.length, TOPIC, 2, 0, new byte[1])),
                offence("length over the limit", packed(MIB + 1, new byte[MIB / 64])),
                offence("inflates to less", packed(2001, deflated(2000))),
                offence("inflates to more", packed(1999, deflated(2000))),
                offence("trailing bytes", packed(2000, joined(deflated(2000), new byte[1]))),
                offence("1000:1", packed(MIB, deflated(MIB))),
                offence("empty topic", topic(0, new byte[0])),
                offence("topic of 65", topic(65, new byte[65])),
                offence("topic past the end", topic(60, TOPIC)),
                offence("topic that is not UTF-8", topic(2, new byte[] {(byte) 0xC3, 0x28})),
                offence("NUL in a topic", topic(1, new byte[1])),
                offence("priority 3", aged(0, 3, 0)),
                skipped("255 hops", aged(255, 1, 0)),
                skipped("240.001 s old", aged(0, 1, 240_001)),
                skipped("as old as can be", aged(0, 1, -1)),
                offence("announcement of 0", announcements(0, 40)),
                offence("announcement of 2 with 1", announcements(2, 40)),
                skipped("PONG without PING", frame(WirePeer.PONG, new byte[8])),
                new Malformed("control characters in GOODBYE", goodbye(), Outcome.END),
                offence("second HELLO", frame(WirePeer.HELLO, new byte[106])),
                offence("second HELLO_ACK", frame(WirePeer.HELLO_ACK, new byte[32])));
    }

    /** What is said instead of the handshake. */
    static List<Malformed> before() {
        return List.of(offence("wrong mark", wrongMark()),
                offence("unknown type below 0x80", frame(0x7F, new byte[8])),
                offence("unknown type from 0x80 on", frame(EXTENSION, new byte[100])),
                offence("flag of HELLO", header(WirePeer.HELLO, 1, 0, 106)),
                offence("reserved byte", header(WirePeer.HELLO, 0, 1, 106)),
                offence("HELLO without body", header(WirePeer.HELLO, 0, 0, 0)),
                offence("HELLO of 513", header(WirePeer.HELLO, 0, 0, 513)),
                offence("2 GiB - 1", header(WirePeer.HELLO, 0, 0, 0x7FFFFFFF)),
                offence("4 GiB - 1", header(WirePeer.HELLO, 0, 0, 0xFFFFFFFF)),
                offence("agent past the end", frame(WirePeer.HELLO, past())),
                offence("PING", ping()),
                new Malformed("control characters in GOODBYE", goodbye(), Outcome.END),
                offence("a message", aged(0, 1, 0)),
                offence("HELLO_ACK before HELLO", frame(WirePeer.HELLO_ACK, new byte[32])));
    }

    private static byte[] past() {
        byte[] body = new byte[106];
        body[0] = 1;
        body[1] = 1;
        body[105] = 60;
        return body;
    }
}
