// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.NodeIdentity;

/** A key with its certificate. Immutable. */
public final class Identity implements NodeIdentity {

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final PeerId id;

    /**
     * An identity from its parts.
     *
     * @throws GeneralSecurityException if they do not belong together, or are not Ed25519
     */
    public Identity(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] probe = certificate.getEncoded();
        if (!Ed25519.isKey(certificate.getPublicKey())
                || !Ed25519.verify(certificate.getPublicKey(), probe, Ed25519.sign(key, probe))) {
            throw new GeneralSecurityException("key and certificate do not belong together");
        }
        this.key = key;
        this.certificate = certificate;
        this.id = Ed25519.id(certificate.getPublicKey());
    }

    /** A new identity. */
    public static Identity create() {
        try {
            KeyPair pair = Ed25519.newKey();
            return new Identity(pair.getPrivate(), Ed25519.certificate(pair));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 17 has Ed25519", e);
        }
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public byte[] publicKey() {
        return Ed25519.rawKey(certificate.getPublicKey());
    }

    @Override
    public byte[] sign(byte[] data) {
        try {
            return Ed25519.sign(key, data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key signed before", e);
        }
    }

    public PrivateKey key() {
        return key;
    }

    public X509Certificate certificate() {
        return certificate;
    }
}
