// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Bytes of {@code ippan-net/1}, written from {@code docs/protocol.md} and without the product's codecs. */
public final class WireFrames {

    static final int MARK = 0xA7;
    static final int HASH_LENGTH = 32;

    private static final int HEADER_LENGTH = 8;
    private static final int HELLO_LENGTH = 106;
    private static final int TAG_LENGTH = 16;
    private static final int MAX_MESSAGE = 1 << 20;

    private WireFrames() {
    }

    /**
     * A header.
     *
     * @param type any number
     * @param flags any
     * @param reserved 0 where the protocol is kept
     * @param length of the body, or what is said of it
     * @return 8 bytes
     */
    public static byte[] header(int type, int flags, int reserved, int length) {
        return ByteBuffer.allocate(HEADER_LENGTH).put((byte) MARK).put((byte) type).put((byte) flags)
                .put((byte) reserved).putInt(length).array();
    }

    /**
     * A whole frame.
     *
     * @param type any number
     * @param body any bytes
     * @return header and body
     */
    public static byte[] frame(int type, byte[] body) {
        return ByteBuffer.allocate(HEADER_LENGTH + body.length).put(header(type, 0, 0, body.length)).put(body).array();
    }

    /** The body of HELLO. */
    static byte[] hello(String networkId, int codecs, byte[] id) {
        byte[] tag = sha256("ippan-net/1" + networkId);
        return ByteBuffer.allocate(HELLO_LENGTH).put((byte) 1).put((byte) 1).put(tag, 0, TAG_LENGTH).putLong(0)
                .put((byte) codecs).putInt(MAX_MESSAGE).put(id).put(random(Long.BYTES)).put(random(HASH_LENGTH))
                .putShort((short) 0).put((byte) 0).array();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The body of a GOSSIP frame with a payload of zeros.
     *
     * @param topic ASCII
     * @param nonce what tells it from others, its number too
     * @param length of the payload
     * @return the body
     */
    public static byte[] message(String topic, long nonce, int length) {
        byte[] name = topic.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(28 + name.length + length).put((byte) 0).put((byte) 1).put((byte) 0)
                .put((byte) name.length).putInt(length).putInt(0).putLong(nonce).putLong(nonce)
                .put(name).array();
    }

    /**
     * The body of an IHAVE frame that announces one message.
     *
     * @param number what tells its id from others
     * @return the body
     */
    public static byte[] announcement(long number) {
        return ByteBuffer.allocate(2 + HASH_LENGTH + 8).putShort((short) 1).put(sha256("announced " + number))
                .putInt(100).putInt(0).array();
    }
}
