// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.nio.ByteBuffer;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * What arrives together at the other end of a simulated connection.
 *
 * @param kind a frame, or the opening or end of the stream
 * @param frame the frame, or null
 * @param solicited its flag
 * @param body head and payload as the peer reads them, or null
 * @param arrival when, as a ticker reading; 0 while it is not under way
 */
record SimSegment(Kind kind, OutboundFrame frame, boolean solicited, ByteBuffer body, long arrival) {

    enum Kind { OPEN, FRAME, FIN }

    /** The opening or the end. */
    static SimSegment of(Kind kind) {
        return new SimSegment(kind, null, false, null, 0);
    }

    /** A frame as it is written now: with the age its message has by then. */
    static SimSegment of(OutboundFrame frame, boolean solicited, long nowNanos) {
        if (frame.payload().length == 0 && frame.ageOffset() < 0) {
            return new SimSegment(Kind.FRAME, frame, solicited, ByteBuffer.wrap(frame.head()), 0);
        }
        byte[] body = new byte[frame.head().length + frame.payload().length];
        System.arraycopy(frame.head(), 0, body, 0, frame.head().length);
        System.arraycopy(frame.payload(), 0, body, frame.head().length, frame.payload().length);
        ByteBuffer buffer = ByteBuffer.wrap(body);
        if (frame.ageOffset() >= 0) {
            buffer.putInt(frame.ageOffset(), (int) frame.ageMillisAt(nowNanos));
        }
        return new SimSegment(Kind.FRAME, frame, solicited, buffer, 0);
    }

    SimSegment arrivingAt(long nanos) {
        return new SimSegment(kind, frame, solicited, body, nanos);
    }
}
