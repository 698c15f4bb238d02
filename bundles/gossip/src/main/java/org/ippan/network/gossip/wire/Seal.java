// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.NodeKeys;

/**
 * Who published a message, and when, signed over its id ({@code docs/protocol.md} §3): the public key, 32 bytes; the
 * time, 8; Ed25519 signature, 64. Safe for any thread.
 */
public final class Seal {

    /** Bytes of a seal. */
    public static final int LENGTH = 104;

    private static final int TIME_OFFSET = NodeKeys.LENGTH;
    private static final int SIGNATURE_OFFSET = TIME_OFFSET + Long.BYTES;
    private static final byte[] SIGNED_FOR = "ippan-seal/1".getBytes(StandardCharsets.US_ASCII);

    private Seal() {
    }

    /**
     * Seals a message of this node.
     *
     * @param identity whose it is
     * @param id of the message
     * @param millis since 1970, by the clock of this node
     * @return 104 bytes
     */
    public static byte[] seal(NodeIdentity identity, IdKey id, long millis) {
        return ByteBuffer.allocate(LENGTH).put(identity.publicKey()).putLong(millis)
                .put(identity.sign(toSign(id, millis))).array();
    }

    /** When a message was sealed, by its publisher's clock, milliseconds since 1970. */
    public static long millis(ByteBuffer body, int at) {
        return body.getLong(at + TIME_OFFSET);
    }

    /** Whether a seal that stands somewhere in a body is of the key it names, for this message. */
    public static boolean isGenuine(ByteBuffer body, int at, IdKey id) {
        return NodeKeys.verify(bytes(body, at, NodeKeys.LENGTH), toSign(id, millis(body, at)),
                bytes(body, at + SIGNATURE_OFFSET, NodeKeys.SIGNATURE_LENGTH));
    }

    /** The id of the node whose key a seal names. */
    public static PeerId publisher(byte[] seal) {
        return NodeKeys.idOf(Arrays.copyOf(seal, NodeKeys.LENGTH));
    }

    private static byte[] bytes(ByteBuffer body, int at, int length) {
        byte[] bytes = new byte[length];
        body.get(at, bytes);
        return bytes;
    }

    private static byte[] toSign(IdKey id, long millis) {
        return ByteBuffer.allocate(SIGNED_FOR.length + MessageId.LENGTH + Long.BYTES).put(SIGNED_FOR)
                .putLong(id.word0()).putLong(id.word1()).putLong(id.word2()).putLong(id.word3()).putLong(millis)
                .array();
    }
}
