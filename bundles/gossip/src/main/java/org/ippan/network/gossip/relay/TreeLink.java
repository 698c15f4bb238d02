// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.cycle.Redundancy;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.send.Outbound;

/** What the tree remembers of one link. Confined to the link's I/O thread unless said otherwise. */
public final class TreeLink {

    /**
     * A link taken in because something was missing is kept so long: what others bring first is under way by then.
     * Twice as long each time it was taken out just before: another seems to bring what it does not.
     */
    private static final long KEPT = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_KEPT = TimeUnit.MINUTES.toNanos(1);
    private static final long JUST_BEFORE = TimeUnit.SECONDS.toNanos(10);

    /** How far the peer's own messages came. */
    public final Level level;
    final Outbound outbound;
    final Redundancy redundancy = new Redundancy();
    /** When the peer was last asked to announce because of what it brought twice. Read by any thread. */
    volatile long prunedAt;
    /** When it was last made lazy. Any thread. */
    volatile long lazySince;
    /** When either end took the link into the tree because something was missing. Any thread. */
    private volatile long graftedAt;
    private volatile long kept = KEPT;
    /** Until when the peer does not want to be sent bodies. Any thread. */
    volatile long refusedUntil;

    TreeLink(Outbound outbound, Level level, long nowNanos) {
        this.outbound = outbound;
        this.level = level;
        long longAgo = nowNanos - TimeUnit.HOURS.toNanos(1);
        this.prunedAt = longAgo;
        this.graftedAt = longAgo;
        this.lazySince = longAgo;
        this.refusedUntil = longAgo;
    }

    /** Either end took it into the tree because something was missing. On the relay's thread. */
    void keep(long now) {
        kept = now - lazySince < JUST_BEFORE ? Math.min(2 * kept, LONGEST_KEPT) : KEPT;
        graftedAt = now;
    }

    /** Whether it was taken in so lately that it stays. Any thread. */
    boolean isKept(long now) {
        return now - graftedAt < kept;
    }

    /** Whether the peer sends bodies, as far as can be told. */
    boolean feeds() {
        GossipLink link = outbound.link();
        return link.isFeeding() && link.isUp();
    }
}
