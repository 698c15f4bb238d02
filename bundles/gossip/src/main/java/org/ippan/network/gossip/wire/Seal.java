// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.NodeIdentity;

/**
 * Who published a message, and when, signed over its id ({@code docs/protocol.md} §3): the public key, 32 bytes; the
 * time, 8; Ed25519 signature, 64. Safe for any thread.
 */
public final class Seal {

    /** Bytes of a seal. */
    public static final int LENGTH = 104;

    private static final int KEY_LENGTH = 32;
    private static final int TIME_OFFSET = KEY_LENGTH;
    private static final int SIGNATURE_OFFSET = TIME_OFFSET + Long.BYTES;
    private static final byte[] SIGNED_FOR = "ippan-seal/1".getBytes(StandardCharsets.US_ASCII);
    private static final String ALGORITHM = "Ed25519";
    /** What a DER SubjectPublicKeyInfo of such a key begins with (RFC 8410); the 32 bytes of the key follow. */
    private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

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
        byte[] bytes = new byte[LENGTH - SIGNATURE_OFFSET];
        body.get(at + SIGNATURE_OFFSET, bytes);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki(body, at))));
            signature.update(toSign(id, millis(body, at)));
            return signature.verify(bytes);
        } catch (GeneralSecurityException e) {
            // No point of the curve, or no signature at all: it is not genuine, whatever else it is.
            return false;
        }
    }

    /** The id of the node whose key a seal names. */
    public static PeerId publisher(byte[] seal) {
        try {
            return PeerId.of(MessageDigest.getInstance("SHA-256").digest(spki(ByteBuffer.wrap(seal), 0)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] spki(ByteBuffer body, int at) {
        byte[] spki = Arrays.copyOf(SPKI_HEAD, SPKI_HEAD.length + KEY_LENGTH);
        body.get(at, spki, SPKI_HEAD.length, KEY_LENGTH);
        return spki;
    }

    private static byte[] toSign(IdKey id, long millis) {
        return ByteBuffer.allocate(SIGNED_FOR.length + MessageId.LENGTH + Long.BYTES).put(SIGNED_FOR)
                .putLong(id.word0()).putLong(id.word1()).putLong(id.word2()).putLong(id.word3()).putLong(millis)
                .array();
    }
}
