// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

/** Whether a peer is connected or why it is not, in the one word that every surface shows. */
public enum PeerState {
    /** It is connected. */
    CONNECTED,
    /** A dial is under way, and this node has not met the peer yet. */
    DIALLING,
    /** It was not met yet, or this node sent it away; it is dialled when that is due or needed. */
    WAITING,
    /** It said goodbye: nothing is wrong with it. */
    LEFT,
    /** It was connected and is gone without a goodbye. */
    LOST,
    /** It is banned: it is neither dialled nor let in. */
    BANNED
}
