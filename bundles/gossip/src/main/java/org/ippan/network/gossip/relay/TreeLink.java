// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.send.Outbound;

/** What the tree remembers of one link. Confined to the link's I/O thread unless said otherwise. */
public final class TreeLink {

    /** How far the peer's own messages came. */
    public final Level level;
    final Outbound outbound;
    /** How many more messages it brought that were known than news; never less than 0. */
    int redundancy;
    /** Messages it brought that were known, since either end took it into the tree, one soon after the other. */
    volatile int duplicates;
    /** Since when it brings more that is known than news. */
    long redundantSince;
    /** When it last brought what is known. */
    volatile long duplicateAt;
    /** How much of that, and how long, it takes to prune it: in multiples of the setting. */
    float patience = 1;
    /** When the peer was last asked to announce because of that. Read by any thread. */
    volatile long prunedAt;
    /** When it was last made lazy. Any thread. */
    volatile long lazySince;
    /** When either end took the link into the tree because something was missing. Any thread. */
    volatile long graftedAt;
    /** For how long it is kept in the tree then. Any thread. */
    volatile long kept = TimeUnit.MILLISECONDS.toNanos(250);
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

    /** Whether the peer sends bodies, as far as can be told. */
    boolean feeds() {
        GossipLink link = outbound.link();
        return link.isFeeding() && link.isUp();
    }
}
