// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import java.net.InetAddress;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One open connection that carries frames. Its callbacks ({@link ConnectionHandler}) never overlap; its methods may be
 * called by any thread, never block, and do nothing once it is closed.
 */
@ProviderType
public interface Connection {

    /**
     * Where the peer is: what was dialled, or the socket's remote address.
     *
     * @return the address
     */
    PeerAddress remoteAddress();

    /**
     * The peer's IP address, for limits by address.
     *
     * @return the socket's
     */
    InetAddress remoteIp();

    /**
     * Which address of this machine it uses.
     *
     * @return the socket's; empty if it is not known
     */
    default Optional<InetAddress> localIp() {
        return Optional.empty();
    }

    /** {@return whether this node opened the connection} */
    boolean dialled();

    /**
     * Who the peer proved to be.
     *
     * @return the id of its TLS certificate; empty in plaintext, where an id is only claimed
     */
    Optional<PeerId> provenId();

    /**
     * Queues a control frame. It is sent before whatever {@link ConnectionHandler#fill} writes.
     *
     * @param frame the frame, shared, not copied
     * @return false if the queue is full or the connection closes; the frame is then not kept
     */
    boolean offer(OutboundFrame frame);

    /**
     * Says that there is something to send: {@link ConnectionHandler#fill} is asked soon, as far as there is room.
     * Cheap while an earlier call has not been answered yet.
     */
    void wake();

    /**
     * How much waits to be sent: control frames that are queued, and everything handed to the socket that it has not
     * taken yet.
     *
     * @return bytes
     */
    long queuedBytes();

    /**
     * Ends the handshake: lifts its limits and its deadline.
     *
     * @param maxMessageBytes longest message the peer may send
     */
    void established(int maxMessageBytes);

    /**
     * Stops or resumes reading. Called from a callback, it stops before the next frame; what was read already waits.
     *
     * @param on whether to read
     */
    void readable(boolean on);

    /**
     * Runs a task on the connection's I/O thread, between two callbacks; not if the transport has stopped. It may run
     * after the connection ended.
     *
     * @param task returns at once
     */
    void execute(Runnable task);

    /** {@return the ticker reading when the last byte was read} */
    long lastReadNanos();

    /**
     * Until when reading was paused last, by {@link #readable} or by a rate the peer has to keep.
     *
     * @return ticker reading; now while reading is paused
     */
    long lastPausedNanos();

    /**
     * Closes in good order: what is queued and what {@link ConnectionHandler#fill} still gives go out, then the last
     * frame, then the stream ends. After 2 s the connection gives up what is left. It discards what still arrives.
     *
     * @param last a GOODBYE, or null to send none
     */
    void close(OutboundFrame last);

    /** Closes at once. */
    void abort();
}
