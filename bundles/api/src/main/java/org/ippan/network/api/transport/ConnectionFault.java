// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

/** What a transport finds wrong with an open connection. What follows is for the owner of the connection to decide. */
public enum ConnectionFault {
    /** A header that does not begin with the mark, or has undefined flags or a reserved byte that is not 0. */
    BAD_FRAME,
    /** An unknown type below {@link FrameType#EXTENSION}. */
    UNKNOWN_TYPE,
    /** A frame that is not legal in the connection's state. */
    BAD_STATE,
    /** A body longer or shorter than its type allows. */
    BAD_LENGTH,
    /** A frame was begun and not completed in time. */
    FRAME_STALLED,
    /** Data waits and the peer has taken none of it for too long; reported again each time that has passed anew. */
    WRITE_STALLED,
    /** The handshake did not end in time. */
    HANDSHAKE_TIMEOUT,
    /** TLS keys are changed again and again. */
    KEY_UPDATES,
    /** Frames other than messages came faster than allowed for too long. */
    CONTROL_RATE
}
