// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.gossip.model.GossipLink;

/**
 * How much peers are told in digests: each its first one whole, and again only when what it was told would have gone
 * out at a slow rate, however often it reconnects. All peers that dialled this node together are told at a higher rate:
 * new identities cost nothing. Peers this node dialled are not counted there, so that strangers do not hold them back.
 * Confined to the relay's thread; the table is bounded, and the peer told longest ago gives way.
 */
final class DigestBudget {

    /** An id takes 40 bytes: 0.8 MB/s. */
    static final int PEER_IDS_PER_SECOND = 20_000;
    /** 4 MB/s. */
    static final int INBOUND_IDS_PER_SECOND = 100_000;
    private static final int MAX_PEERS = 4096;

    private final Map<PeerId, Debt> peers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Debt> eldest) {
            return size() > MAX_PEERS;
        }
    };
    private final Debt inbound = new Debt();

    /** What was told already and is not yet worked off. */
    private static final class Debt {

        private long freeAt;
        private boolean owes;

        boolean isPaid(long now) {
            owes &= now - freeAt < 0;
            return !owes;
        }

        void add(int ids, int perSecond, long now) {
            long took = ids * TimeUnit.SECONDS.toNanos(1) / perSecond;
            freeAt = (isPaid(now) ? now : freeAt) + took;
            owes = true;
        }
    }

    /** Whether a digest over this link may begin now. */
    boolean begins(GossipLink link, long now) {
        Debt own = peers.get(link.peer());
        return (own == null || own.isPaid(now)) && (link.dialled() || inbound.isPaid(now));
    }

    /** A slice of a digest was sent. */
    void told(GossipLink link, int ids, long now) {
        peers.computeIfAbsent(link.peer(), any -> new Debt()).add(ids, PEER_IDS_PER_SECOND, now);
        if (!link.dialled()) {
            inbound.add(ids, INBOUND_IDS_PER_SECOND, now);
        }
    }
}
