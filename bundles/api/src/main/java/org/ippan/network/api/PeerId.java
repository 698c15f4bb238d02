// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

/**
 * Who a peer is: the SHA-256 of the DER SubjectPublicKeyInfo of its key. Never its address: a peer that returns from
 * another port is the same peer.
 * Immutable; ordered as an unsigned 256-bit number.
 */
public final class PeerId implements Comparable<PeerId> {

    /** Length in bytes. */
    public static final int LENGTH = Bytes.LENGTH;

    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    private PeerId(long word0, long word1, long word2, long word3) {
        this.word0 = word0;
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
    }

    /**
     * The id made of four big-endian words, most significant first.
     *
     * @param word0 bytes 0 to 7
     * @param word1 bytes 8 to 15
     * @param word2 bytes 16 to 23
     * @param word3 bytes 24 to 31
     * @return the id
     */
    public static PeerId of(long word0, long word1, long word2, long word3) {
        return new PeerId(word0, word1, word2, word3);
    }

    /**
     * The id with these bytes, which are copied.
     *
     * @param bytes exactly 32 bytes
     * @return the id
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static PeerId of(byte[] bytes) {
        Bytes.requireLength(bytes, "a peer id");
        return new PeerId(Bytes.word(bytes, 0), Bytes.word(bytes, 8), Bytes.word(bytes, 16), Bytes.word(bytes, 24));
    }

    /**
     * The id written as text.
     *
     * @param hex 64 hex digits of either case
     * @return the id
     * @throws IllegalArgumentException if the text is anything else
     */
    public static PeerId parse(String hex) {
        return of(Bytes.parse(hex, "a peer id"));
    }

    /**
     * Bytes 0 to 7 of the id.
     *
     * @return a big-endian word
     */
    public long word0() {
        return word0;
    }

    /**
     * Bytes 8 to 15 of the id.
     *
     * @return a big-endian word
     */
    public long word1() {
        return word1;
    }

    /**
     * Bytes 16 to 23 of the id.
     *
     * @return a big-endian word
     */
    public long word2() {
        return word2;
    }

    /**
     * Bytes 24 to 31 of the id.
     *
     * @return a big-endian word
     */
    public long word3() {
        return word3;
    }

    /**
     * The id as bytes.
     *
     * @return a new array of 32 bytes
     */
    public byte[] toBytes() {
        return Bytes.of(word0, word1, word2, word3);
    }

    /**
     * What logs and tables show.
     *
     * @return the first 8 hex digits
     */
    public String shortForm() {
        return Bytes.shortHex(word0);
    }

    @Override
    public int compareTo(PeerId other) {
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
    public boolean equals(Object other) {
        return other instanceof PeerId that && word0 == that.word0 && word1 == that.word1
                && word2 == that.word2 && word3 == that.word3;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(word0 ^ word1 ^ word2 ^ word3);
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        return Bytes.hex(word0, word1, word2, word3);
    }
}
