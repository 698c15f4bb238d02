// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * 32 bytes as four big-endian words: what {@link PeerId} and {@link MessageId} have in common. Immutable. Public only
 * because method references to what a class inherits need its declaring class.
 */
public abstract sealed class Id permits PeerId, MessageId {

    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES = 32;
    private static final int DIGITS = 2 * BYTES;

    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    Id(long word0, long word1, long word2, long word3) {
        this.word0 = word0;
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
    }

    /** The bytes in order; there are 32 of them, see {@link #check}. */
    Id(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private Id(ByteBuffer bytes) {
        this(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    static byte[] check(byte[] bytes, String what) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(what + " has 32 bytes, not " + bytes.length);
        }
        return bytes;
    }

    static byte[] parse(String hex, String what) {
        try {
            if (hex.length() == DIGITS) {
                return HEX.parseHex(hex);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " has 64 hex digits, got " + hex, e);
        }
        throw new IllegalArgumentException(what + " has 64 hex digits, not " + hex.length() + ": " + hex);
    }

    /** {@return bytes 0 to 7 of the id as a big-endian word} */
    public final long word0() {
        return word0;
    }

    /** {@return bytes 8 to 15 of the id as a big-endian word} */
    public final long word1() {
        return word1;
    }

    /** {@return bytes 16 to 23 of the id as a big-endian word} */
    public final long word2() {
        return word2;
    }

    /** {@return bytes 24 to 31 of the id as a big-endian word} */
    public final long word3() {
        return word3;
    }

    /** {@return the id as a new array of 32 bytes} */
    public final byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(word0).putLong(word1).putLong(word2).putLong(word3).array();
    }

    /** {@return what logs and tables show: the first 8 hex digits} */
    public final String shortForm() {
        return HEX.toHexDigits((int) (word0 >>> Integer.SIZE));
    }

    /** The order of unsigned 256-bit numbers. */
    final int compare(Id other) {
        int order = Long.compareUnsigned(word0, other.word0);
        if (order == 0) {
            order = Long.compareUnsigned(word1, other.word1);
        }
        if (order == 0) {
            order = Long.compareUnsigned(word2, other.word2);
        }
        return order != 0 ? order : Long.compareUnsigned(word3, other.word3);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Id that && getClass() == that.getClass() && word0 == that.word0
                && word1 == that.word1 && word2 == that.word2 && word3 == that.word3;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(word0 ^ word1 ^ word2 ^ word3);
    }

    /** The 64 hex digits. */
    @Override
    public final String toString() {
        return HEX.toHexDigits(word0) + HEX.toHexDigits(word1) + HEX.toHexDigits(word2) + HEX.toHexDigits(word3);
    }
}
