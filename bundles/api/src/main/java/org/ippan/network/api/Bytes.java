// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.HexFormat;

/** 32-byte values as four big-endian words: what {@link PeerId} and {@link MessageId} have in common. */
final class Bytes {

    static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();

    private Bytes() {
    }

    static void requireLength(byte[] bytes, String what) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(what + " has 32 bytes, not " + bytes.length);
        }
    }

    static byte[] parse(String hex, String what) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(what + " has 64 hex digits, not " + hex.length() + ": " + hex);
        }
        try {
            return HEX.parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " has 64 hex digits, got " + hex, e);
        }
    }

    static long word(byte[] bytes, int offset) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << Byte.SIZE | bytes[offset + i] & 0xFF;
        }
        return word;
    }

    static void put(long word, byte[] bytes, int offset) {
        for (int i = Long.BYTES - 1, rest = 0; i >= 0; i--, rest++) {
            bytes[offset + i] = (byte) (word >>> Byte.SIZE * rest);
        }
    }

    static byte[] of(long word0, long word1, long word2, long word3) {
        byte[] bytes = new byte[LENGTH];
        put(word0, bytes, 0);
        put(word1, bytes, 8);
        put(word2, bytes, 16);
        put(word3, bytes, 24);
        return bytes;
    }

    static String hex(long word0, long word1, long word2, long word3) {
        return HEX.toHexDigits(word0) + HEX.toHexDigits(word1) + HEX.toHexDigits(word2) + HEX.toHexDigits(word3);
    }

    static String shortHex(long word0) {
        return HEX.toHexDigits((int) (word0 >>> Integer.SIZE));
    }
}
