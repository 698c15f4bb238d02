// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;

/** What a node's links tell of the ways its messages take. Safe for any thread. */
final class LinkWays implements Window.Ways {

    /** Part of the memory of logs that a window begins with at most, and with several links over their square. */
    private static final int FIRST = 32;
    private static final int CROWDED = 8;
    /** With more links than these so much over their cube: more memory makes no network faster. */
    private static final int MESH = 5;
    private static final int SPREAD_BYTES = 16 << 20;
    /** A network is hardly wider than so many of the longest links of a node; and so long is always allowed. */
    private static final int HOPS = 8;
    private static final long LEAST_WAY = TimeUnit.MILLISECONDS.toNanos(100);

    private final GossipContext context;

    LinkWays(GossipContext context) {
        this.context = context;
    }

    /**
     * What a window begins with: all nodes may begin to publish at once, and there are more of them the more links each
     * has. Where links are many they are hardly those of a full mesh, and until there is a tree each message comes over
     * each of them. If that is too much messages are late, nodes ask for them, and no tree comes to be.
     */
    @Override
    public long first() {
        long memory = context.cacheLimit();
        long links = Math.max(1, context.links.all().length);
        long share = links <= MESH ? memory / (CROWDED * links * links) : SPREAD_BYTES / (links * links * links);
        return Math.min(memory / FIRST, share);
    }

    /** What the way to all nodes and back may take by itself. */
    @Override
    public long longest() {
        return Arrays.stream(context.links.all()).mapToLong(link -> HOPS * link.roundTripNanos())
                .reduce(LEAST_WAY, Math::max);
    }

    @Override
    public boolean areShort() {
        for (GossipLink link : context.links.all()) {
            if (!link.isEnclosed()) {
                return false;
            }
        }
        return true;
    }
}
