// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.ProtocolException;

/**
 * The body of a HELLO frame, {@code docs/protocol.md} §4.
 *
 * @param protoMin lowest version spoken
 * @param protoMax highest version spoken
 * @param networkTag 16 bytes naming the network
 * @param capabilities bits, none known
 * @param codecs bit 0 deflate, bit 1 zstd
 * @param maxMessage longest payload taken, bytes
 * @param peerId who speaks
 * @param instanceId random per start
 * @param nonce 32 random bytes
 * @param listenPort where it listens, 0 for nowhere
 * @param agent what software it says it is, printable
 */
public record Hello(int protoMin, int protoMax, byte[] networkTag, long capabilities, int codecs, int maxMessage,
        PeerId peerId, long instanceId, byte[] nonce, int listenPort, String agent) {

    /** The only version there is. */
    public static final int VERSION = 1;
    static final int TAG_LENGTH = 16;
    public static final int NONCE_LENGTH = 32;
    public static final int MAX_AGENT = 64;
    /** Codecs with a meaning: unknown bits read as 0. */
    private static final int KNOWN_CODECS = 3;
    /** Bytes up to and with the length of the agent. */
    static final int FIXED = 106;
    private static final int MIN_MESSAGE = 1 << 10;
    private static final int MAX_MESSAGE = 16 << 20;

    /** The body's bytes. */
    public byte[] encode() {
        byte[] text = agent.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(FIXED + text.length).put((byte) protoMin).put((byte) protoMax).put(networkTag)
                .putLong(capabilities).put((byte) codecs).putInt(maxMessage).put(peerId.toBytes()).putLong(instanceId)
                .put(nonce).putShort((short) listenPort).put((byte) text.length).put(text).array();
    }

    /** Reads a body; bytes behind the agent are for later versions. */
    public static Hello decode(byte[] bytes) throws ProtocolException {
        if (bytes.length < FIXED) {
            throw new ProtocolException("HELLO is cut short");
        }
        ByteBuffer body = ByteBuffer.wrap(bytes);
        int protoMin = body.get() & 0xFF;
        int protoMax = body.get() & 0xFF;
        byte[] tag = take(body, TAG_LENGTH);
        long capabilities = body.getLong();
        int codecs = body.get() & KNOWN_CODECS;
        long maxMessage = body.getInt() & 0xFFFF_FFFFL;
        if (maxMessage < MIN_MESSAGE) {
            throw new ProtocolException("HELLO names a longest message under 1 KiB");
        }
        PeerId id = PeerId.of(take(body, PeerId.LENGTH));
        long instanceId = body.getLong();
        byte[] nonce = take(body, NONCE_LENGTH);
        int listenPort = body.getShort() & 0xFFFF;
        int agentLength = body.get() & 0xFF;
        if (agentLength > MAX_AGENT || agentLength > body.remaining()) {
            throw new ProtocolException("HELLO has an agent that is too long");
        }
        return new Hello(protoMin, protoMax, tag, capabilities, codecs, (int) Math.min(maxMessage, MAX_MESSAGE), id,
                instanceId, nonce, listenPort, printable(take(body, agentLength)));
    }

    private static byte[] take(ByteBuffer body, int length) {
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append(b >= 0x20 && b <= 0x7E ? (char) b : '?');
        }
        return text.toString();
    }
}
