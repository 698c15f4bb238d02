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
     * Who opened the connection.
     *
     * @return true if we did
     */
    boolean dialled();

    /**
     * Who the peer proved to be.
     *
     * @return the id of its TLS certificate; empty in plaintext, where an id is only claimed
     */
    Optional<PeerId> provenId();

    /**
     * Puts a frame into the outbound queue.
     *
     * @param frame the frame, shared, not copied
     * @param solicited whether to set {@link FrameType#SOLICITED}
     * @return false if the queue is full for frames of its class, or the connection closes; it is then not kept
     */
    boolean offer(OutboundFrame frame, boolean solicited);

    /**
     * Whether the queue is three quarters full and has not yet fallen to a quarter: bodies are better announced.
     *
     * @return true while it is congested
     */
    boolean congested();

    /**
     * Whether the queue is so full that there is hardly room for urgent bodies either.
     *
     * @return true from fifteen sixteenths on
     */
    boolean full();

    /**
     * How much is queued.
     *
     * @return bytes not yet handed to the socket
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
     * When the last byte was read.
     *
     * @return ticker reading
     */
    long lastReadNanos();

    /**
     * Until when reading was paused last, by {@link #readable} or by a rate the peer has to keep.
     *
     * @return ticker reading; now while reading is paused
     */
    long lastPausedNanos();

    /**
     * Closes in good order: what is queued goes out, then the last frame, then the stream; after 2 s whatever is left
     * is given up. What still arrives is discarded.
     *
     * @param last a GOODBYE, or null to send none
     */
    void close(OutboundFrame last);

    /** Closes at once. */
    void abort();
}
