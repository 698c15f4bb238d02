// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.trace;

import org.ippan.network.api.PeerId;

/**
 * A message and one peer.
 *
 * @param peer at the other end of the link
 * @param reach how the peer stands to the message
 */
public record TracedLink(PeerId peer, Reach reach) {

    /** How a peer stands to a message. */
    public enum Reach {
        /** The peer brought it first. */
        BROUGHT,
        /** The peer brought a copy or announced it: it has it from others. */
        HAS,
        /** It was sent to the peer. */
        SENT,
        /** It was announced to the peer, which asks for it if it needs it. */
        ANNOUNCED,
        /** It is still to be sent or announced. */
        DUE,
        /** The peer gets it from its publisher or another neighbour, or may not have it. */
        LEFT
    }
}
