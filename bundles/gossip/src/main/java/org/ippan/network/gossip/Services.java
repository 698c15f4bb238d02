// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import org.ippan.network.api.PeerId;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationManager;

/** The services gossip uses as they come and go; each is one volatile read away. */
final class Services {

    volatile NetworkMetrics metrics = NetworkMetrics.NOOP;
    volatile PayloadCodecs codecs = PayloadCodecs.NONE;
    /** Null while there is none. */
    volatile MessageDeduplicator dedup;
    /** Null while there is none. */
    volatile ReputationManager reputation;
    /** Null while there is none. */
    volatile HealthMonitor health;
    /** Whether there has been a deduplicator: the body cache answers for one that is away for a moment. */
    volatile boolean ready;

    PeerStandingHandle standing(PeerId peer) {
        ReputationManager known = reputation;
        return known == null ? PeerStandingHandle.NOOP : known.handle(peer);
    }

    /** Whether a deduplicator remembers the id. */
    boolean hasSeen(IdKey id) {
        MessageDeduplicator known = dedup;
        return known != null && known.hasSeen(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /** Marks an id. Whether it was new as far as can be told. */
    boolean checkAndMark(IdKey id) {
        MessageDeduplicator known = dedup;
        return known == null || known.checkAndMark(id.word0(), id.word1(), id.word2(), id.word3());
    }
}
