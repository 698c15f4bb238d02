// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * A request for what a neighbour has of a publisher ({@code docs/protocol.md} §6).
 *
 * @param peer first word of the publisher's id
 * @param epoch what the publisher said of itself
 * @param numbers for each priority, the last number the node that asks has
 */
public record Fetch(long peer, int epoch, long[] numbers) {

    private static final int LENGTH = Long.BYTES + Integer.BYTES + Priority.values().length * Long.BYTES;

    /** The frame that asks. */
    public OutboundFrame frame() {
        ByteBuffer body = ByteBuffer.allocate(LENGTH).putLong(peer).putInt(epoch);
        Neighbourhood.put(body, numbers);
        return OutboundFrame.control(FrameType.FETCH, body.array());
    }

    /** Reads a body. */
    public static Fetch decode(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        if (in.remaining() != LENGTH) {
            throw new ProtocolException("a FETCH that is not " + LENGTH + " bytes long");
        }
        return new Fetch(in.getLong(), in.getInt(), Neighbourhood.numbers(in));
    }
}
