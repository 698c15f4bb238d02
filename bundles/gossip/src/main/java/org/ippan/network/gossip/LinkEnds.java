// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Outbound;

/**
 * The ends of links that are up, and whether some ended before their peers had settled what they were sent. The next
 * link tells of that in a digest, and the peer asks: a node that stopped before would take it along. Safe for any
 * thread.
 */
final class LinkEnds {

    /** A peer asks within this time for what it was told of when a link came up. */
    private static final long ASKED = TimeUnit.SECONDS.toNanos(1);
    /** A link that comes later does not follow the one that ended. */
    private static final long FOLLOWS = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private final Set<LinkEnd> up = ConcurrentHashMap.newKeySet();
    private volatile long tornAt;
    private volatile long mendedAt;

    /** None ended yet. */
    LinkEnds(GossipContext context) {
        this.context = context;
        this.mendedAt = context.nanos();
        this.tornAt = mendedAt - FOLLOWS;
    }

    /** A link came up. One that comes while a setting forbids to serve ends at once. */
    void up(LinkEnd end) {
        long now = context.nanos();
        if (now - tornAt < FOLLOWS) {
            mendedAt = now + ASKED;
        }
        up.add(end);
        if (context.isRefusing()) {
            end.down();
        }
    }

    /** Serves; or takes nothing in while a setting forbids it, and ends what there is of links. */
    void serve(boolean on) {
        context.serve(on);
        if (!on) {
            up.forEach(LinkEnd::down);
        }
    }

    /** A link ends. */
    void down(LinkEnd end) {
        up.remove(end);
        Outbound outbound = end.outbound();
        if (outbound.unsettled().bytes() > 0) {
            tornAt = context.nanos();
            mendedAt = tornAt + ASKED;
        }
    }

    /** Whether peers have had the time to ask for what was under way. */
    boolean isMended() {
        return context.nanos() - mendedAt >= 0;
    }
}
