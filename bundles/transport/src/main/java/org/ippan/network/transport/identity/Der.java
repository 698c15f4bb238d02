// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.identity;

import java.io.ByteArrayOutputStream;

/** Writes the few DER (ITU-T X.690) values a certificate is made of. */
final class Der {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OID = 0x06;
    static final int UTF8_STRING = 0x0C;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    /** Context tag 0, explicit. */
    static final int EXPLICIT_0 = 0xA0;

    private static final int SHORT_FORM_MAX = 0x7F;

    private Der() {
    }

    /** One value: its tag, its length, its contents one after the other. */
    static byte[] value(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream(length + 4);
        der.write(tag);
        writeLength(der, length);
        for (byte[] content : contents) {
            der.writeBytes(content);
        }
        return der.toByteArray();
    }

    /** A bit string of whole bytes. */
    static byte[] bits(byte[] content) {
        return value(BIT_STRING, new byte[1], content);
    }

    private static void writeLength(ByteArrayOutputStream der, int length) {
        if (length <= SHORT_FORM_MAX) {
            der.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
        der.write(SHORT_FORM_MAX + 1 + bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            der.write(length >>> Byte.SIZE * i);
        }
    }
}
