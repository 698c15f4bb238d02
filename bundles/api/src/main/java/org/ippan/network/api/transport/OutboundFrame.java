// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

/**
 * A control frame to be sent, encoded once: several connections may share it. Messages are not queued, they are written
 * by {@link ConnectionHandler#fill}. Immutable, as its array is never changed. Safe for any thread.
 */
public final class OutboundFrame {

    private final FrameType type;
    private final byte[] body;

    private OutboundFrame(FrameType type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /**
     * A control frame.
     *
     * @param type its type
     * @param body its body, kept
     * @return the frame
     */
    public static OutboundFrame control(FrameType type, byte[] body) {
        return new OutboundFrame(type, body);
    }

    /** {@return its type} */
    public FrameType type() {
        return type;
    }

    /** {@return its body: the frame's own array, not to be changed} */
    public byte[] body() {
        return body;
    }

    /** {@return its length on the wire in bytes, header included} */
    public int length() {
        return FrameType.HEADER_LENGTH + body.length;
    }
}
