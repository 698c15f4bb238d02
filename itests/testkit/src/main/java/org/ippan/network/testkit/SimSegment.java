// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import org.ippan.network.api.transport.OutboundFrame;

/**
 * What is written together, and arrives together at the other end of a simulated connection.
 *
 * @param kind what it is
 * @param control the control frame, or null
 * @param bytes the frames of a fill, each with its header, or null
 * @param length bytes on the wire
 * @param arrival when, as a ticker reading; 0 while it is not under way
 */
record SimSegment(Kind kind, OutboundFrame control, byte[] bytes, int length, long arrival) {

    enum Kind { OPEN, CONTROL, FILL, FIN }

    /** The opening or the end of the stream. */
    static SimSegment of(Kind kind) {
        return new SimSegment(kind, null, null, 0, 0);
    }

    /** A control frame. */
    static SimSegment of(OutboundFrame control) {
        return new SimSegment(Kind.CONTROL, control, null, control.length(), 0);
    }

    /** What a source wrote. */
    static SimSegment of(SimFill fill) {
        return new SimSegment(Kind.FILL, null, fill.bytes(), fill.length(), 0);
    }

    SimSegment arrivingAt(long nanos) {
        return new SimSegment(kind, control, bytes, length, nanos);
    }
}
