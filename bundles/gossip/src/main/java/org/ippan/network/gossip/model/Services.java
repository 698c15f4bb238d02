// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.gossip.wire.IdKey;

/** The services gossip uses as they come and go; each is one volatile read away. */
public final class Services {

    public volatile NetworkMetrics metrics = NetworkMetrics.NOOP;
    public volatile PayloadCodecs codecs = PayloadCodecs.NONE;
    /** The key of this node, while there is one. */
    public volatile Supplier<Optional<NodeIdentity>> identity = Optional::empty;
    /** Null while there is none. Changed under {@link #marking} and {@link #unmarked}. */
    public volatile MessageDeduplicator dedup;
    /**
     * Shared from the mark of what came by links to its append, and had alone to change the deduplicator: what one has
     * marked is in the logs, where copies are found, before the next is asked.
     */
    public final StampedLock marking = new StampedLock();
    /** Held from the look at the logs to the append while there is no deduplicator to tell copies that come at once. */
    public final Object unmarked = new Object();
    /** Null while there is none. */
    public volatile ReputationManager reputation;
    /** Null while there is none. */
    public volatile HealthMonitor health;
    /** Whether there has been a deduplicator: the body cache answers for one that is away for a moment. */
    public volatile boolean ready;

    /** What is known of a peer, and where its deeds are noted; as long as the reputation service stays. */
    public PeerStandingHandle standing(PeerId peer) {
        ReputationManager known = reputation;
        return known == null ? PeerStandingHandle.NOOP : known.handle(peer);
    }

    /** Whether a deduplicator remembers the id. */
    public boolean hasSeen(IdKey id) {
        MessageDeduplicator known = dedup;
        return known != null && known.hasSeen(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /** Marks an id. Whether it was new as far as can be told. */
    public boolean checkAndMark(IdKey id) {
        MessageDeduplicator known = dedup;
        return known == null || known.checkAndMark(id.word0(), id.word1(), id.word2(), id.word3());
    }
}
