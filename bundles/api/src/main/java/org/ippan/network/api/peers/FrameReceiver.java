// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.nio.ByteBuffer;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.osgi.annotation.versioning.ConsumerType;

/** One protocol's end of one link. Calls never overlap and come on the link's I/O thread: they return at once. */
@ConsumerType
public interface FrameReceiver {

    /**
     * A frame of one of the protocol's types came.
     *
     * @param type its type
     * @param flags its flags
     * @param body its body from position to limit, big-endian; only valid during the call
     * @throws ProtocolException if the body is malformed: the peer is punished and the link closed
     */
    void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException;

    /**
     * A frame of this protocol left the queue unsent.
     *
     * @param frame the frame
     */
    void dropped(OutboundFrame frame);

    /**
     * A message's frame was handed to the socket.
     *
     * @param frame the frame
     */
    void written(OutboundFrame frame);

    /** The link is no longer congested. */
    void writable();

    /** The link ended; nothing more comes. */
    void down();
}
