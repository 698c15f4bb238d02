// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;

/** A certificate like ours, with a name that is far too long. */
public final class LongCertificate {

    private static final byte[] ED25519 = {0x2B, 0x65, 0x70};
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    private LongCertificate() {
    }

    public static X509Certificate of(KeyPair pair, int length) throws GeneralSecurityException {
        byte[] algorithm = Der.value(Der.SEQUENCE, Der.value(Der.OID, ED25519));
        byte[] name = Der.value(Der.SEQUENCE, Der.value(Der.SET, Der.value(Der.SEQUENCE,
                Der.value(Der.OID, COMMON_NAME), Der.value(Der.UTF8_STRING, ascii("x".repeat(length))))));
        byte[] validity = Der.value(Der.SEQUENCE, Der.value(Der.GENERALIZED_TIME, ascii("20200101000000Z")),
                Der.value(Der.GENERALIZED_TIME, ascii("99991231235959Z")));
        byte[] toSign = Der.value(Der.SEQUENCE, Der.value(Der.EXPLICIT_0, Der.value(Der.INTEGER, new byte[] {2})),
                Der.value(Der.INTEGER, new byte[] {1}), algorithm, name, validity, name, pair.getPublic().getEncoded());
        return Ed25519.parse(Der.value(Der.SEQUENCE, toSign, algorithm,
                Der.bits(Ed25519.sign(pair.getPrivate(), toSign))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
