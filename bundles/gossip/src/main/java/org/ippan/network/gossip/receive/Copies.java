// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.repair.Wanted;

/** What follows when a message comes that was here before: for the tree, or for who sends what was rejected. */
final class Copies {

    private final GossipContext context;
    private final Tree tree;
    private final Wanted wanted;
    private final Verdicts verdicts;

    Copies(GossipContext context, Tree tree, Wanted wanted, Verdicts verdicts) {
        this.context = context;
        this.tree = tree;
        this.wanted = wanted;
        this.verdicts = verdicts;
    }

    /** A copy of a message that waits for its verdict. */
    void ofWaiting(Inbound in, Arrival arrival, JudgedMessage waiting) {
        if (waiting.deliveredAlsoBy(in.link)) {
            blame(in.link);
        }
        came(in, arrival, waiting.wasSolicited(), false);
    }

    /** A copy came; whether another was asked for, and whether those who brought them are neighbours. */
    void came(Inbound in, Arrival arrival, boolean asked, boolean neighbours) {
        context.counters.duplicates.increment();
        in.keepRaw();
        if (verdicts.isRejected(arrival.id)) {
            blame(in.link);
        } else {
            context.services.metrics.recordMessageDropped(DropReason.DUPLICATE);
        }
        if (arrival.header.solicited || neighbours) {
            return;
        }
        if (asked) {
            wanted.needless();
        } else {
            tree.duplicate(in.tree, arrival.id);
        }
    }

    /** A peer has sent what was rejected. */
    void blame(GossipLink link) {
        context.counters.rejected.increment();
        context.services.metrics.recordMessageDropped(DropReason.REJECTED);
        link.standing().recordInvalid(Cause.MESSAGE_REJECTED);
    }
}
