// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.nio.ByteBuffer;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
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
     * What was read in one go has been handed over: the end of a batch. Told to the receiver of GOSSIP alone.
     *
     * @throws ProtocolException if one of the bodies was malformed: the peer is punished and the link closed
     */
    default void readComplete() throws ProtocolException {
    }

    /**
     * There is room for more: writes the next frames. Asked after {@link PeerLink#wake}, and again for as long as there
     * is room and the answer is not null. Only the receiver of {@link FrameType#GOSSIP} is asked.
     *
     * @param target takes the frames, valid during the call only
     * @param lowest the least urgent class that may be sent now
     * @return what was written; null if nothing of this class or a more urgent one is there, and nothing was written
     */
    default Fill fill(FrameTarget target, FrameClass lowest) {
        return null;
    }

    /**
     * A message that came is lost on purpose ({@link org.ippan.network.api.chaos.FrameFault}): instead of
     * {@link #frame}, so that what is counted of the link is still counted. Told to the receiver of GOSSIP alone.
     *
     * @param flags its flags
     * @param body its body from position to limit, big-endian; only valid during the call
     * @throws ProtocolException if the body is malformed: the peer is punished and the link closed
     */
    default void lostInbound(int flags, ByteBuffer body) throws ProtocolException {
    }

    /**
     * A message that {@link #fill} wrote is lost on purpose: the peer never gets it. Told to the receiver of GOSSIP
     * alone, after that fill returned and before it is taken.
     *
     * @param flags its flags
     * @param body its body from position to limit, big-endian; only valid during the call
     */
    default void lostOutbound(int flags, ByteBuffer body) {
    }

    /** The link ended; nothing more comes. */
    void down();
}
