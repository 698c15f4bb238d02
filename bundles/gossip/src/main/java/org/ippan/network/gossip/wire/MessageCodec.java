// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;

/** Bodies of GOSSIP frames ({@code docs/protocol.md} §3): 28 bytes, the topic, the payload. */
public final class MessageCodec {

    /** Bytes before the topic. */
    public static final int FIXED_LENGTH = 28;
    /** Most bytes before the payload. */
    public static final int MAX_HEAD_LENGTH = FIXED_LENGTH + Topic.MAX_LENGTH + Seal.LENGTH;
    /** Where the age stands, to be stamped as a frame is written. */
    public static final int AGE_OFFSET = 8;
    /** Where the codec stands, 0 unless the payload is compressed. */
    public static final int CODEC_OFFSET = 2;
    /** Where the publisher's number stands. */
    public static final int NUMBER_OFFSET = 20;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int PRIORITY_OFFSET = 1;
    /** Beside the priority: a {@link Seal} stands between topic and payload. The byte is negative then. */
    private static final int SEALED = 0x80;
    private static final int TOPIC_LENGTH_OFFSET = 3;
    private static final int RAW_LENGTH_OFFSET = 4;
    private static final int NONCE_OFFSET = 12;
    private static final long UINT = 0xFFFF_FFFFL;
    private static final Priority[] PRIORITIES = Priority.values();

    /** Most times a payload may grow when it is inflated. */
    private static final long MAX_RATIO = 100;

    /**
     * What a link allows.
     *
     * @param maxMessageBytes longest payload, uncompressed
     * @param codecs those both ends know: bit 0 deflate, bit 1 zstd
     */
    public record Limits(int maxMessageBytes, int codecs) {
    }

    private MessageCodec() {
    }

    /**
     * Reads and checks a body.
     *
     * @param body from position to limit, left as it is
     * @param limits of the link
     * @param topics of the link
     * @param header receives the fields
     * @throws ProtocolException if the body is malformed
     */
    public static void decode(ByteBuffer body, Limits limits, TopicCache topics, MessageHeader header)
            throws ProtocolException {
        int start = body.position();
        require(body.remaining() > FIXED_LENGTH, "a message shorter than its header");
        int priority = body.get(start + PRIORITY_OFFSET) & 0xFF & ~SEALED;
        header.sealed = body.get(start + PRIORITY_OFFSET) < 0;
        header.genuine = false;
        require(priority >= 0 && priority < PRIORITIES.length, "a message of unknown priority");
        int topicLength = body.get(start + TOPIC_LENGTH_OFFSET);
        require(topicLength >= 1 && topicLength <= Topic.MAX_LENGTH, "a topic that is empty or too long");
        int headLength = FIXED_LENGTH + topicLength + (header.sealed ? Seal.LENGTH : 0);
        int payloadLength = body.remaining() - headLength;
        require(payloadLength >= 0, "a topic or a seal past the end of its message");
        long rawLength = body.getInt(start + RAW_LENGTH_OFFSET) & UINT;
        require(rawLength <= limits.maxMessageBytes(), "a message longer than agreed");
        header.codec = body.get(start + CODEC_OFFSET);
        checkCodec(header.codec, limits, rawLength, payloadLength);
        header.hops = body.get(start) & 0xFF;
        header.priority = PRIORITIES[priority];
        header.rawLength = (int) rawLength;
        header.ageMillis = body.getInt(start + AGE_OFFSET) & UINT;
        header.nonce = body.getLong(start + NONCE_OFFSET);
        header.number = body.getLong(start + NUMBER_OFFSET);
        header.topic = topics.at(body, start + FIXED_LENGTH, topicLength);
        header.payloadOffset = start + headLength;
        header.payloadLength = payloadLength;
    }

    private static void checkCodec(int codec, Limits limits, long rawLength, int payloadLength)
            throws ProtocolException {
        if (codec == 0) {
            require(rawLength == payloadLength, "a message whose length is not that of its payload");
            return;
        }
        require(PayloadCodecs.contains(limits.codecs(), codec), "a codec that was not agreed");
        // So none is without a payload either.
        require(rawLength > 0 && rawLength <= MAX_RATIO * payloadLength, "a compressed message of impossible length");
    }

    private static void require(boolean holds, String otherwise) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException(otherwise);
        }
    }

    /** Length of what stands before the payload of a body that was checked. */
    public static int headLength(byte[] data, int body) {
        return FIXED_LENGTH + data[body + TOPIC_LENGTH_OFFSET] + (data[body + PRIORITY_OFFSET] < 0 ? Seal.LENGTH : 0);
    }

    /** Length of the payload, uncompressed, of a body that was checked. */
    public static int rawLength(byte[] data, int body) {
        return (int) INT.get(data, body + RAW_LENGTH_OFFSET);
    }

    /** How many links the message of a body that was checked has passed when it is sent on. */
    public static int hops(byte[] data, int body) {
        return data[body] & 0xFF;
    }

    /** The topic of a body that was checked. */
    public static Topic topic(byte[] data, int body) {
        int start = body + FIXED_LENGTH;
        return Topic.decode(Arrays.copyOfRange(data, start, start + data[body + TOPIC_LENGTH_OFFSET]));
    }

    /** The number its publisher gave a body that was checked. */
    public static long number(byte[] data, int body) {
        return (long) LONG.get(data, body + NUMBER_OFFSET);
    }

    /** Writes a number as it stands in frames. */
    public static void putLong(byte[] data, int at, long value) {
        LONG.set(data, at, value);
    }

    /**
     * Writes what stands before the payload, at most {@link #MAX_HEAD_LENGTH} bytes with a seal. The age is stamped
     * when the frame is written, the number of a publisher when it is appended.
     *
     * @param head from index 0 on; its position is behind it then
     */
    public static void putHead(ByteBuffer head, int hops, Priority priority, Topic topic, long nonce, int rawLength) {
        head.clear().put((byte) hops).put((byte) priority.ordinal()).put((byte) 0).put((byte) topic.length());
        head.putInt(rawLength).putInt(0).putLong(nonce).putLong(0);
        topic.put(head);
    }

    /** Puts a seal behind a head that was written; null puts none. */
    public static void putSeal(ByteBuffer head, byte[] seal) {
        if (seal != null) {
            head.put(PRIORITY_OFFSET, (byte) (head.get(PRIORITY_OFFSET) | SEALED)).put(seal);
        }
    }
}
