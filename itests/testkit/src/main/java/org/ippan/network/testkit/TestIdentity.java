// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.NodeIdentity;

/** A node's identity with a real Ed25519 key, the same for the same seed. */
public final class TestIdentity implements NodeIdentity {

    private static final int KEY_LENGTH = 32;

    private final KeyPair key;
    private final PeerId id;

    /** The identity of a private key of 32 bytes. */
    public TestIdentity(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new Fixed(seed));
            key = generator.generateKeyPair();
            id = PeerId.of(MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The identity of this number. */
    public static TestIdentity of(int number) {
        byte[] seed = new byte[KEY_LENGTH];
        Arrays.fill(seed, (byte) number);
        return new TestIdentity(seed);
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public byte[] publicKey() {
        byte[] der = key.getPublic().getEncoded();
        return Arrays.copyOfRange(der, der.length - KEY_LENGTH, der.length);
    }

    @Override
    public byte[] sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Gives the bytes a key is to be made of. */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1;
        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
