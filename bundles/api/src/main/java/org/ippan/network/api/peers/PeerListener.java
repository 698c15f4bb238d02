// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that is told who joins and who goes. A listener that comes is told of every connected peer first.
 * Each listener has a queue of its own and is called by one thread at a time, in order, never on an I/O thread; one
 * that throws is isolated, logged and named by the doctor. Of a peer that was away for a moment only, it may hear
 * nothing.
 */
@ConsumerType
public interface PeerListener {

    /**
     * A peer is connected.
     *
     * @param peer who, as it is known now
     */
    void onUp(Peer peer);

    /**
     * The connection to a peer was lost: the node tries to connect again, if it is one to dial.
     *
     * @param peer who; {@link Peer#endCause()} is the kind of reason
     * @param why the reason in words
     */
    void onDown(Peer peer, String why);

    /**
     * A peer is gone because one of the two nodes wanted it: it stops or restarts, or was disconnected here.
     *
     * @param peer who
     * @param why the reason in words
     */
    default void onLeft(Peer peer, String why) {
        onDown(peer, why);
    }
}
