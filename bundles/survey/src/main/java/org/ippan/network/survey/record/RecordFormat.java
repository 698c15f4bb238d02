// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.ippan.network.api.transport.NodeKeys;

/**
 * What the two ends of the format share: bounds, flags, texts, and what is signed. Every format begins with its number,
 * flags and the public key, and ends with the signature.
 */
public final class RecordFormat {

    /** Longest record of any format, bytes. */
    public static final int MAX_LENGTH = 1024;

    static final int FORMAT = 1;
    static final int KEY_OFFSET = 2;
    static final int LEAVING = 1;
    static final int WITHHELD = 2;
    static final int CUT = 4;
    static final int DIALLED = 1;
    static final int EAGER = 2;
    static final int CONGESTED = 4;
    static final int MAX_NAME = 32;
    static final int MAX_VERSION = 24;
    static final int MAX_FINDINGS = 4;
    static final int MAX_CHECK = 32;
    static final int MAX_TEXT = 80;
    static final int MAX_TOPICS = 8;
    static final int MAX_TOPIC = 64;
    static final int LINK_LENGTH = Long.BYTES + Short.BYTES + 1;
    /** Shortest of any format: number, flags, key, signature. */
    static final int MIN_LENGTH = KEY_OFFSET + NodeKeys.LENGTH + NodeKeys.SIGNATURE_LENGTH;

    private static final String ELLIPSIS = "…";
    private static final byte[] SIGNED_FOR = "ippan-status/1".getBytes(StandardCharsets.US_ASCII);
    /** Control characters, marks of direction, ends of lines: what could forge the lines around a text. */
    private static final Pattern UNPRINTED = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private RecordFormat() {
    }

    /** A text as it is shown and sent: one line of what is printed, of at most so many bytes of UTF-8. */
    public static String clean(String text, int bytes) {
        String printed = UNPRINTED.matcher(text).replaceAll(" ").strip();
        ByteBuffer room = ByteBuffer.allocate(bytes);
        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(printed), room, true);
        return new String(room.array(), 0, room.position(), StandardCharsets.UTF_8).strip();
    }

    /** As {@link #clean}, but what is too long ends with a whole word and an ellipsis. */
    static String shortened(String text, int bytes) {
        if (clean(text, bytes).equals(clean(text, 2 * bytes))) {
            return clean(text, bytes);
        }
        String begin = clean(text, bytes - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length);
        int space = begin.lastIndexOf(' ');
        boolean whole = space <= 0 || clean(text, 2 * bytes).startsWith(begin + ' ');
        return (whole ? begin : begin.substring(0, space)) + ELLIPSIS;
    }

    /** What is signed: for what, in which network, and all before the signature. */
    static byte[] toSign(byte[] networkTag, byte[] record, int length) {
        return ByteBuffer.allocate(SIGNED_FOR.length + networkTag.length + length)
                .put(SIGNED_FOR).put(networkTag).put(record, 0, length).array();
    }

    /** The key that a record of any format names. */
    static byte[] key(byte[] record) {
        return Arrays.copyOfRange(record, KEY_OFFSET, KEY_OFFSET + NodeKeys.LENGTH);
    }
}
