// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The label handlers of messages subscribe by: 1 to 64 bytes of strict UTF-8 without control characters. Immutable;
 * equal when the bytes are.
 */
public final class Topic {

    /** Most bytes a topic has. */
    public static final int MAX_LENGTH = 64;

    private static final String RULE = "a topic is 1 to 64 bytes of UTF-8 without control characters";
    private static final String ANY = "*";
    private static final String ANY_BELOW = "/*";
    private static final String RESERVED = "ippan/";

    private final String name;
    private final byte[] utf8;
    private final boolean reserved;

    private Topic(String name, byte[] utf8) {
        if (utf8.length == 0 || utf8.length > MAX_LENGTH || name.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            throw new IllegalArgumentException(RULE);
        }
        this.name = name;
        this.utf8 = utf8;
        this.reserved = name.startsWith(RESERVED);
    }

    /**
     * The topic of this name.
     *
     * @param name the text
     * @return the topic
     * @throws IllegalArgumentException if it is empty, longer than 64 bytes, not encodable or has control characters
     */
    public static Topic of(String name) {
        Objects.requireNonNull(name, "name");
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return new Topic(name, utf8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(RULE, e);
        }
    }

    /**
     * The topic read from the wire.
     *
     * @param utf8 its bytes; kept, not copied
     * @return the topic
     * @throws IllegalArgumentException if the bytes are no topic
     */
    public static Topic decode(byte[] utf8) {
        Objects.requireNonNull(utf8, "utf8");
        try {
            return new Topic(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString(), utf8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(RULE, e);
        }
    }

    /** {@return the topic as text} */
    public String name() {
        return name;
    }

    /** {@return its length on the wire: 1 to 64 bytes} */
    public int length() {
        return utf8.length;
    }

    /**
     * Writes the bytes of the topic.
     *
     * @param target where to, with at least {@link #length()} bytes of room
     */
    public void put(ByteBuffer target) {
        Objects.requireNonNull(target, "target");
        target.put(utf8);
    }

    /**
     * Compares with bytes on the wire without allocating.
     *
     * @param bytes a buffer, whose position is left alone
     * @param offset absolute index of the first byte
     * @param length how many bytes
     * @return whether they spell this topic
     */
    public boolean equalsBytes(ByteBuffer bytes, int offset, int length) {
        Objects.requireNonNull(bytes, "bytes");
        if (length != utf8.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.get(offset + i) != utf8[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether one can subscribe by a text.
     *
     * @param text any
     * @return true for a topic's name, {@code prefix/*} and {@code *}; a {@code *} stands nowhere else
     */
    public static boolean isPattern(String text) {
        Objects.requireNonNull(text, "text");
        if (text.equals(ANY)) {
            return true;
        }
        String name = text.endsWith(ANY_BELOW) ? text.substring(0, text.length() - ANY_BELOW.length()) : text;
        try {
            return !of(name).name().contains(ANY);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether only nodes themselves may publish by this topic: it lies below {@code ippan/}.
     *
     * @return true for such a topic, which {@code *} does not cover
     */
    public boolean isReserved() {
        return reserved;
    }

    /**
     * This topic, if applications may publish by it.
     *
     * @return itself
     * @throws IllegalArgumentException if it is reserved
     */
    public Topic ofApplications() {
        if (isReserved()) {
            throw new IllegalArgumentException("topic is " + name + ", which is reserved: topics below " + RESERVED
                    + " are for the nodes themselves; use another prefix");
        }
        return this;
    }

    /**
     * Whether a subscription covers this topic.
     *
     * @param pattern a topic's name, or {@code prefix/*} for everything below the prefix, or {@code *} for all topics
     *         of applications
     * @return true if it does
     */
    public boolean matches(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        if (pattern.equals(ANY)) {
            return !isReserved();
        }
        return pattern.endsWith(ANY_BELOW)
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Topic that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
