// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes of the handshake, {@code docs/protocol.md} §4. Stateless. */
public final class HandshakeCodec {

    /** Length of the MAC in a HELLO_ACK. */
    static final int MAC_LENGTH = 32;

    private static final String HMAC = "HmacSHA256";

    private HandshakeCodec() {
    }

    /** What names a network on the wire. */
    public static byte[] networkTag(String networkId) {
        return Arrays.copyOf(sha256("ippan-net/1", networkId.getBytes(StandardCharsets.UTF_8)), Hello.TAG_LENGTH);
    }

    /** The key made of the operators' secret; null for an empty one. */
    public static byte[] networkKey(String secret) {
        return secret.isEmpty() ? null : sha256("ippan-key/1", secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The proof of knowing the key.
     *
     * @param key of the network, or null for none
     * @param dialler role of the sender of the MAC
     * @param own HELLO body of the sender
     * @param their HELLO body the sender received
     * @return 32 bytes, zeros without a key
     */
    public static byte[] mac(byte[] key, boolean dialler, byte[] own, byte[] their) {
        if (key == null) {
            return new byte[MAC_LENGTH];
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update("ippan-ack/1".getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) (dialler ? 0 : 1));
            mac.update(sha256("", own));
            mac.update(sha256("", their));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static byte[] sha256(String label, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(label.getBytes(StandardCharsets.US_ASCII));
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
