// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.Objects;

/**
 * What a message is called: the SHA-256 over its network, topic, nonce and payload. Never sent with a body, always
 * computed.
 * Immutable; ordered as an unsigned 256-bit number.
 */
public final class MessageId extends Id implements Comparable<MessageId> {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private MessageId(byte[] bytes) {
        super(bytes);
    }

    private MessageId(long word0, long word1, long word2, long word3) {
        super(word0, word1, word2, word3);
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
    public static MessageId of(long word0, long word1, long word2, long word3) {
        return new MessageId(word0, word1, word2, word3);
    }

    /**
     * The id with these bytes, which are copied.
     *
     * @param bytes exactly 32 bytes
     * @return the id
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static MessageId of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new MessageId(check(bytes, "a message id"));
    }

    /**
     * The id written as text.
     *
     * @param hex 64 hex digits of either case
     * @return the id
     * @throws IllegalArgumentException if the text is anything else
     */
    public static MessageId parse(String hex) {
        Objects.requireNonNull(hex, "hex");
        return new MessageId(parse(hex, "a message id"));
    }

    @Override
    public int compareTo(MessageId other) {
        return compare(other);
    }
}
