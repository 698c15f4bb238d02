// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Objects;
import org.ippan.network.api.PeerId;

/** Raw public keys of nodes (Ed25519, RFC 8032), the ids made of them and what they signed. Safe for any thread. */
public final class NodeKeys {

    /** Bytes of a raw public key. */
    public static final int LENGTH = 32;
    /** Bytes of a signature. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final String ALGORITHM = "Ed25519";
    /** What a DER SubjectPublicKeyInfo of such a key begins with (RFC 8410); the 32 bytes of the key follow. */
    private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private NodeKeys() {
    }

    /**
     * Whose key this is.
     *
     * @param publicKey 32 bytes
     * @return SHA-256 of its DER SubjectPublicKeyInfo
     */
    public static PeerId idOf(byte[] publicKey) {
        Objects.requireNonNull(publicKey, "publicKey");
        try {
            return PeerId.of(MessageDigest.getInstance("SHA-256").digest(spki(publicKey)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Whether the owner of a key signed this. Takes 0.1 to 1.5 ms.
     *
     * @param publicKey 32 bytes; those that are no key have signed nothing
     * @param data what is said to be signed
     * @param signature 64 bytes
     * @return false too for a signature of another length
     */
    public static boolean verify(byte[] publicKey, byte[] data, byte[] signature) {
        Objects.requireNonNull(publicKey, "publicKey");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(signature, "signature");
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki(publicKey)));
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        } catch (GeneralSecurityException e) {
            // No point on the curve, or no signature at all: it is not genuine, whatever else it is.
            return false;
        }
    }

    private static byte[] spki(byte[] publicKey) {
        return ByteBuffer.allocate(SPKI_HEAD.length + LENGTH).put(SPKI_HEAD).put(publicKey).array();
    }
}
