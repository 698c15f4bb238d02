// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.OutboundFrame;
import org.osgi.annotation.versioning.ProviderType;

/** An established connection as the protocols over it see it. Safe for any thread; nothing blocks. */
@ProviderType
public interface PeerLink {

    /** {@return who is at the other end} */
    PeerId peer();

    /** {@return whether this node opened the connection} */
    boolean dialled();

    /**
     * Whether the peer is known to belong to the network: it proved the {@code networkKey}, is on the allow list, or is
     * a peer that an operator configured. All others are strangers: a new identity costs them nothing, so protocols
     * should bound what all of them together may cost. It was decided when the link came up.
     *
     * @return false for a stranger
     */
    boolean isMember();

    /**
     * Queues a control frame. It is sent before whatever {@link FrameReceiver#fill} writes.
     *
     * @param frame the frame, shared, not copied
     * @return false if it was not taken
     */
    boolean offer(OutboundFrame frame);

    /**
     * Says that there is something to send: {@link FrameReceiver#fill} is asked soon, as far as there is room. Cheap
     * while an earlier call has not been answered yet.
     */
    void wake();

    /**
     * How much waits to be sent: control frames that are queued, and everything handed to the socket that it has not
     * taken yet.
     *
     * @return bytes
     */
    long queuedBytes();

    /** {@return the longest payload that the peer takes, as it named it in its HELLO} */
    int maxMessageBytes();

    /** {@return the codecs both ends know: bit 0 deflate, bit 1 zstd} */
    int codecs();

    /** {@return the smoothed round trip in nanoseconds; 0 while it is unknown} */
    long roundTripNanos();

    /** {@return how long a heartbeat's answer is waited for now, in nanoseconds} */
    long timeoutNanos();

    /**
     * Stops or resumes reading, as the last resort against overload. While it is stopped the peer is not taken for
     * dead, and is sent a sign of life.
     *
     * @param on whether to read
     */
    void readable(boolean on);

    /**
     * Closes the link.
     *
     * @param reason told to the peer
     * @param text told to the peer, at most 120 bytes
     */
    void close(GoodbyeReason reason, String text);
}
