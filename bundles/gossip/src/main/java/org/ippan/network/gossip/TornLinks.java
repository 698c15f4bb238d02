// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Outbound;

/**
 * Links that ended before their peers had settled what they were sent. The next link tells of it in a digest, and the
 * peer asks: a node that stopped before would take it along. Safe for any thread.
 */
final class TornLinks {

    /** A peer asks within this time for what it was told of when a link came up. */
    private static final long ASKED = TimeUnit.SECONDS.toNanos(1);
    /** A link that comes later does not follow the one that ended. */
    private static final long FOLLOWS = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private volatile long tornAt;
    private volatile long mendedAt;

    /** None ended yet. */
    TornLinks(GossipContext context) {
        this.context = context;
        this.mendedAt = context.nanos();
        this.tornAt = mendedAt - FOLLOWS;
    }

    /** A link came up. */
    void up() {
        long now = context.nanos();
        if (now - tornAt < FOLLOWS) {
            mendedAt = now + ASKED;
        }
    }

    /** A link ends. */
    void down(Outbound outbound) {
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
