// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.NodeKeys;

/** Keys of nodes (RFC 8032, RFC 8410), the ids made of them and the certificates that carry them through TLS. */
public final class Ed25519 {

    /** Length of a DER SubjectPublicKeyInfo: 12 bytes that are always the same, then the key. */
    static final int SPKI_LENGTH = 44;

    private static final String NAME = "Ed25519";
    /** OID 1.3.101.112. */
    private static final byte[] OID = {0x2B, 0x65, 0x70};
    /** OID 2.5.4.3. */
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final int SERIAL_LENGTH = 16;
    private static final byte[] VERSION_3 = {2};

    private Ed25519() {
    }

    public static KeyPair newKey() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance(NAME).generateKeyPair();
    }

    public static boolean isKey(PublicKey key) {
        return key instanceof EdECPublicKey edward && edward.getParams().getName().equals(NAME)
                && key.getEncoded().length == SPKI_LENGTH;
    }

    /** The id of the holder of this key. */
    public static PeerId id(PublicKey key) {
        return NodeKeys.idOf(rawKey(key));
    }

    static byte[] rawKey(PublicKey key) {
        return Arrays.copyOfRange(key.getEncoded(), SPKI_LENGTH - NodeKeys.LENGTH, SPKI_LENGTH);
    }

    static byte[] sign(PrivateKey key, byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    static boolean verify(PublicKey key, byte[] data, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initVerify(key);
        signature.update(data);
        return signature.verify(signed);
    }

    /**
     * The key in a self-signed certificate (RFC 5280). Names and dates say nothing, as no peer looks at them; the
     * serial number is made of the key, so that the same key has the same certificate.
     */
    public static X509Certificate certificate(KeyPair key) throws GeneralSecurityException {
        byte[] serial = Arrays.copyOf(id(key.getPublic()).toBytes(), SERIAL_LENGTH);
        serial[0] = (byte) (serial[0] & 0x3F | 0x40);
        byte[] algorithm = Der.value(Der.SEQUENCE, Der.value(Der.OID, OID));
        byte[] name = Der.value(Der.SEQUENCE, Der.value(Der.SET, Der.value(Der.SEQUENCE,
                Der.value(Der.OID, COMMON_NAME), Der.value(Der.UTF8_STRING, ascii("ippan-network node")))));
        byte[] validity = Der.value(Der.SEQUENCE, Der.value(Der.GENERALIZED_TIME, ascii("20200101000000Z")),
                Der.value(Der.GENERALIZED_TIME, ascii("99991231235959Z")));
        byte[] toSign = Der.value(Der.SEQUENCE, Der.value(Der.EXPLICIT_0, Der.value(Der.INTEGER, VERSION_3)),
                Der.value(Der.INTEGER, serial), algorithm, name, validity, name, key.getPublic().getEncoded());
        byte[] signature = sign(key.getPrivate(), toSign);
        return parse(Der.value(Der.SEQUENCE, toSign, algorithm, Der.bits(signature)));
    }

    static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
