// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * What of a link's messages is settled ({@code docs/protocol.md} §9).
 *
 * @param pressed the priorities of which some met little room on their way, a bit each
 * @param settled for each priority, the bytes of frames before which all is settled
 */
public record Ack(int pressed, long[] settled) {

    private static final int PRIORITIES = Priority.values().length;
    private static final int LENGTH = 1 + PRIORITIES * Long.BYTES;

    /** Whether there was little room on the way of a priority. */
    public boolean isPressed(int priority) {
        return (pressed & 1 << priority) != 0;
    }

    /** The frame that says so. */
    public OutboundFrame frame() {
        ByteBuffer body = ByteBuffer.allocate(LENGTH).put((byte) pressed);
        Neighbourhood.put(body, settled);
        return OutboundFrame.control(FrameType.ACK, body.array());
    }

    /** Reads a body. */
    public static Ack decode(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        if (in.remaining() != LENGTH) {
            throw new ProtocolException("an ACK that is not " + LENGTH + " bytes long");
        }
        int flags = in.get() & 0xFF;
        if (flags >>> PRIORITIES != 0) {
            throw new ProtocolException("undefined flags in an ACK");
        }
        return new Ack(flags, Neighbourhood.numbers(in));
    }
}
