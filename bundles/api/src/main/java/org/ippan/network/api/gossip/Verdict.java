// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

/** What a validator says about a message. */
public enum Verdict {
    /** Deliver and relay it. */
    ACCEPT,
    /** Neither deliver nor relay it; no peer is to blame. */
    IGNORE,
    /** No honest node would relay it: the peer that delivers it is punished. */
    REJECT
}
