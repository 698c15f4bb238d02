// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.Measure;

/**
 * What one link still has to send, as operators see it.
 *
 * @param peer the peer at its other end
 * @param eager whether bodies are sent over it at once; if not, messages are announced
 * @param slow whether publishers and other links no longer wait for it
 * @param lagBytes bytes to be sent that its socket has not taken yet
 * @param askedBytes the part of these that the peer asked for
 * @param unsettledBytes bytes that were sent and that its peer has not settled yet
 * @param member whether its peer is known to belong to the network; others are strangers
 * @param patience whether the node waits for it, and if not, why
 */
public record OutboundSnapshot(
        @Measure("Peer at the other end of the link.") PeerId peer,
        @Measure("Whether bodies are sent over the link at once.") boolean eager,
        @Measure("Whether publishers and other links no longer wait for the link.") boolean slow,
        @Measure(value = "Bytes to be sent over the link that its socket has not taken yet.", unit = "bytes")
        long lagBytes,
        @Measure(value = "Bytes the peer asked for and was not sent yet.", unit = "bytes") long askedBytes,
        @Measure(value = "Bytes that were sent over the link and that its peer has not settled yet.", unit = "bytes")
        long unsettledBytes,
        @Measure("Whether the peer is known to belong to the network: by a networkKey, an allow list or configuration.")
        boolean member,
        @Measure("Whether the node waits for the link, and if not, why.") Patience patience) {

    /** Whether a node waits for a link that is behind, or why it does not. */
    public enum Patience {
        /** Publishers and other links wait for it. */
        WAITS,
        /** They waited for it alone for 5 s of 10. */
        TOO_SLOW,
        /** Its peer is a stranger without standing, and such strangers have used up what others wait for them. */
        STRANGER,
        /** Its peer is a stranger that kept up before, and such strangers have used up what others wait for them. */
        STRANGER_OF_STANDING
    }
}
