// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * Why a connection is closed, as the one who closes tells it.
 *
 * @param reason the reason
 * @param retryAfterSeconds how long not to come back, 0 for nothing said
 * @param text the same for people, free of control characters
 */
public record Goodbye(GoodbyeReason reason, long retryAfterSeconds, String text) {

    static final int MAX_TEXT = 120;
    private static final int FIXED = 6;

    /** The frame that says it; a text too long for it is cut between characters. */
    public OutboundFrame frame() {
        byte[] utf8 = clipped(text);
        return OutboundFrame.control(FrameType.GOODBYE, ByteBuffer.allocate(FIXED + utf8.length)
                .put((byte) reason.code()).putInt((int) retryAfterSeconds).put((byte) utf8.length).put(utf8).array());
    }

    /** Whether it is told to the second of two living nodes with one identity: no other duplicate has to wait. */
    public boolean sharedIdentity() {
        return reason == GoodbyeReason.DUPLICATE && retryAfterSeconds > 0;
    }

    private static byte[] clipped(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_TEXT) {
            return utf8;
        }
        int end = MAX_TEXT;
        while ((utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }

    /** Reads a body; bad UTF-8 and control characters in the text are replaced. */
    public static Goodbye decode(ByteBuffer body) throws ProtocolException {
        if (body.remaining() < FIXED) {
            throw new ProtocolException("GOODBYE is cut short");
        }
        GoodbyeReason reason = GoodbyeReason.of(body.get() & 0xFF);
        long retryAfter = body.getInt() & 0xFFFF_FFFFL;
        int length = body.get() & 0xFF;
        if (length > MAX_TEXT || length != body.remaining()) {
            throw new ProtocolException("GOODBYE has a text of another length than it says");
        }
        byte[] utf8 = new byte[length];
        body.get(utf8);
        return new Goodbye(reason, retryAfter, clean(new String(utf8, StandardCharsets.UTF_8)));
    }

    /** A text from outside, fit for a log line. */
    public static String clean(String text) {
        return text.codePoints().map(c -> Character.isISOControl(c) || isLayout(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** Line separators and marks that change the direction of writing, which are no ISO controls. */
    private static boolean isLayout(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
