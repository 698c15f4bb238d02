// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.PeerReputation;

/**
 * Why a peer is treated as it is.
 *
 * @param peer all that is known about its connection
 * @param reputation how it behaved, with the last events of its score; empty if it was never judged
 * @param sentences the explanation in words, most important first: whether it is connected, and if not why and when it
 *        is tried next; its standing and until when; what changed its score; its health, circuit and link
 * @param changes those of the sentences that tell changes of its score, newest first
 */
public record PeerExplanation(Peer peer, Optional<PeerReputation> reputation, List<String> sentences,
        List<String> changes) {

    /**
     * Copies the list.
     *
     * @param peer all that is known about its connection
     * @param reputation how it behaved
     * @param sentences the explanation in words
     * @param changes those of them that tell changes of its score
     */
    public PeerExplanation {
        sentences = List.copyOf(sentences);
        changes = List.copyOf(changes);
    }

    /**
     * An explanation that tells no changes of a score.
     *
     * @param peer all that is known about its connection
     * @param reputation how it behaved
     * @param sentences the explanation in words
     */
    public PeerExplanation(Peer peer, Optional<PeerReputation> reputation, List<String> sentences) {
        this(peer, reputation, sentences, List.of());
    }
}
