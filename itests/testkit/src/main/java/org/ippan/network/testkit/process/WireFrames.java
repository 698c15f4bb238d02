// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Bytes of {@code ippan-net/1}, written from {@code docs/protocol.md} and without the product's codecs. */
public final class WireFrames {

    /** The version of the protocol that nodes speak. */
    public static final int VERSION = 1;

    static final int MARK = 0xA7;
    static final byte[] PREFACE = "IPPAN/1\n".getBytes(StandardCharsets.US_ASCII);
    static final int HASH_LENGTH = 32;
    /** Without its text. */
    static final int GOODBYE_LENGTH = 6;

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

    /**
     * What opens a connection in plaintext, and frames after it.
     *
     * @param frames each with its header
     * @return all of it
     */
    public static byte[] plaintext(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(PREFACE);
        List.of(frames).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** The body of HELLO. */
    static byte[] hello(String networkId, int codecs, byte[] id) {
        return hello(VERSION, networkId, codecs, id);
    }

    /**
     * The body of a HELLO, with another instance and nonce each time.
     *
     * @param version of the protocol, the only one that is spoken
     * @param networkId of the network
     * @param codecs that are known
     * @param id who it claims to be
     * @return the body
     */
    public static byte[] hello(int version, String networkId, int codecs, byte[] id) {
        return ByteBuffer.allocate(HELLO_LENGTH).put((byte) version).put((byte) version)
                .put(tag(networkId), 0, TAG_LENGTH).putLong(0).put((byte) codecs).putInt(MAX_MESSAGE).put(id)
                .put(random(Long.BYTES)).put(random(HASH_LENGTH)).putShort((short) 0).put((byte) 0).array();
    }

    /**
     * The body of a GOODBYE.
     *
     * @param reason its code
     * @param text the same in words
     * @return the body
     */
    public static byte[] goodbye(int reason, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(GOODBYE_LENGTH + utf8.length).put((byte) reason).putInt(0)
                .put((byte) utf8.length).put(utf8).array();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] tag(String networkId) {
        return sha256(bytes("ippan-net/1" + networkId));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
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
     * The id of {@link #message(String, long, int)}.
     *
     * @param networkId of the network
     * @param topic ASCII
     * @param nonce of the message
     * @param length of its payload
     * @return 32 bytes
     */
    public static byte[] id(String networkId, String topic, long nonce, int length) {
        byte[] name = topic.getBytes(StandardCharsets.US_ASCII);
        byte[] head = "ippan-msg/1".getBytes(StandardCharsets.US_ASCII);
        return sha256(ByteBuffer.allocate(head.length + TAG_LENGTH + 1 + name.length + Long.BYTES + length).put(head)
                .put(tag(networkId), 0, TAG_LENGTH).put((byte) name.length).put(name).putLong(nonce).array());
    }

    /**
     * The body of an IHAVE frame that announces one message.
     *
     * @param number what tells its id from others
     * @return the body
     */
    public static byte[] announcement(long number) {
        return announcement(List.of(sha256(bytes("announced " + number))));
    }

    /**
     * The body of an IHAVE frame, for messages of 100 bytes.
     *
     * @param ids of the messages, at most 1000
     * @return the body
     */
    public static byte[] announcement(List<byte[]> ids) {
        ByteBuffer body = ByteBuffer.allocate(2 + ids.size() * (HASH_LENGTH + 8)).putShort((short) ids.size());
        ids.forEach(id -> body.put(id).putInt(100).putInt(0));
        return body.array();
    }

    /**
     * The body of an IWANT frame.
     *
     * @param ids of messages, at most 1000
     * @return the body
     */
    public static byte[] wanted(List<byte[]> ids) {
        ByteBuffer body = ByteBuffer.allocate(2 + ids.size() * HASH_LENGTH).putShort((short) ids.size());
        ids.forEach(body::put);
        return body.array();
    }

    /**
     * Ids of no message.
     *
     * @param count of them
     * @return 32 bytes each
     */
    public static List<byte[]> anyIds(int count) {
        return Stream.generate(() -> new byte[HASH_LENGTH]).peek(ThreadLocalRandom.current()::nextBytes).limit(count)
                .toList();
    }

    /**
     * Where a peer says that it is, signed with a new key: a record of a PEERS frame.
     *
     * @param networkId of the network
     * @param address as {@code tcp://host:port}
     * @return the record
     */
    public static byte[] addressRecord(String networkId, String address) {
        WireKey key = new WireKey();
        byte[] text = address.getBytes(StandardCharsets.US_ASCII);
        byte[] unsigned = ByteBuffer.allocate(HASH_LENGTH + Long.BYTES + 2 + text.length).put(key.publicKey())
                .putLong(System.currentTimeMillis()).put((byte) 1).put((byte) text.length).put(text).array();
        byte[] use = "ippan-addr/1".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = key.sign(ByteBuffer.allocate(use.length + TAG_LENGTH + unsigned.length).put(use)
                .put(tag(networkId), 0, TAG_LENGTH).put(unsigned).array());
        return ByteBuffer.allocate(unsigned.length + signature.length).put(unsigned).put(signature).array();
    }
}
