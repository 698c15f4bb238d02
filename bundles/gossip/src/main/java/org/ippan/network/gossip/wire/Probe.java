// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * One round of a search for cycles ({@code docs/protocol.md} §6).
 *
 * @param series a number that the node chose by chance that began; of two the lower counts, without a sign
 * @param round from 1 to {@link #MOST_ROUNDS}; 0 asks the peer to begin a series, or to have another begin one
 */
public record Probe(long series, int round) {

    /** Rounds of a series at most. */
    public static final int MOST_ROUNDS = 4;
    /** Asks for a series. */
    public static final Probe REQUEST = new Probe(0, 0);
    private static final int LENGTH = Long.BYTES + 1;

    /** Whether it asks for a series and is none of its rounds. */
    public boolean isRequest() {
        return round == REQUEST.round;
    }

    /** The frame that carries it. */
    public OutboundFrame frame() {
        return OutboundFrame.control(FrameType.PROBE,
                ByteBuffer.allocate(LENGTH).putLong(series).put((byte) round).array());
    }

    /** Reads a body. */
    public static Probe decode(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        if (in.remaining() != LENGTH) {
            throw new ProtocolException("a PROBE that is not " + LENGTH + " bytes long");
        }
        Probe probe = new Probe(in.getLong(), in.get() & 0xFF);
        if (probe.round > MOST_ROUNDS) {
            throw new ProtocolException("a PROBE of a round that does not exist");
        }
        return probe;
    }
}
