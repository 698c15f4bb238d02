// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.GossipSnapshot.Mismatch;

/**
 * Of whose messages which peer told fingerprints that differ from this node's, for operators: each pair until 10
 * minutes after its last difference. Peers make pairs, so the one that is longest ago goes for one too many. Safe for
 * any thread.
 */
public final class Mismatches {

    static final int MOST = 64;
    static final long KEPT = TimeUnit.MINUTES.toNanos(10);

    /** The one that differed last at the end. */
    private final Map<Pair, Seen> all = new LinkedHashMap<>();

    private record Pair(PeerId publisher, PeerId peer) {
    }

    private record Seen(long fingerprints, long lastNanos) {
    }

    /** Some more differed. */
    public synchronized void add(PeerId publisher, PeerId peer, long fingerprints, long now) {
        Pair pair = new Pair(publisher, peer);
        Seen before = all.remove(pair);
        all.put(pair, new Seen(fingerprints + (before == null ? 0 : before.fingerprints), now));
        if (all.size() > MOST) {
            all.remove(all.keySet().iterator().next());
        }
    }

    /** All that differed lately. */
    public synchronized List<Mismatch> snapshot(long now) {
        all.values().removeIf(seen -> now - seen.lastNanos >= KEPT);
        List<Mismatch> told = new ArrayList<>();
        all.forEach((pair, seen) -> told.add(new Mismatch(pair.publisher, pair.peer, seen.fingerprints)));
        return told;
    }
}
