// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
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

    private final Map<PeerId, TokenBucket> peers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, TokenBucket> eldest) {
            return size() > MAX_PEERS;
        }
    };
    /** Null until a peer that dialled this node was told something. */
    private TokenBucket inbound;

    /** Whether a digest over this link may begin now. */
    boolean begins(GossipLink link, long now) {
        return isPaid(peers.get(link.peer()), now) && (link.dialled() || isPaid(inbound, now));
    }

    private static boolean isPaid(TokenBucket told, long now) {
        return told == null || told.waitNanos(now) == 0;
    }

    /** A slice of a digest was sent. */
    void told(GossipLink link, int ids, long now) {
        peers.computeIfAbsent(link.peer(), any -> bucket(PEER_IDS_PER_SECOND, now)).take(ids, now);
        if (!link.dialled()) {
            inbound = inbound == null ? bucket(INBOUND_IDS_PER_SECOND, now) : inbound;
            inbound.take(ids, now);
        }
    }

    private static TokenBucket bucket(int perSecond, long now) {
        return new TokenBucket(Rate.perSecond(perSecond, 0), now);
    }
}
