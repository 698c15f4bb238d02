// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.util.Set;
import org.ippan.network.api.transport.FrameType;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service: a protocol spoken over established links. It may come and go while links stay; its frames are
 * skipped and counted meanwhile.
 */
@ConsumerType
public interface ProtocolHandler {

    /**
     * The frames it takes. Each type belongs to one handler: the one with the highest service ranking.
     *
     * @return the same set always
     */
    Set<FrameType> frameTypes();

    /**
     * Longest payload this node takes, named in the handshake of new connections. Asked at each, it returns at once.
     *
     * @return bytes, 1024 to 16 MiB
     */
    int maxMessageBytes();

    /**
     * A link is up, or was up when the handler came. A handler is told of one link after the other, on a thread that
     * it may hold up; one that takes longer than half a second misses the first frames.
     *
     * @param link the link
     * @param fresh true for a new connection, false for one that was there before the handler
     * @return takes the link's frames from now on
     */
    FrameReceiver linkUp(PeerLink link, boolean fresh);
}
