// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import org.ippan.network.api.gossip.Verdict;
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
        boolean first = waiting.deliveredAlsoBy(in.link);
        if (!first && waiting.verdict() == Verdict.REJECT) {
            blame(in.link);
        }
        came(in, arrival, waiting.wasSolicited(), waiting.wasSolicited() && !first);
    }

    /**
     * A copy came.
     *
     * @param asked whether another was asked for
     * @param idle whether it shows nothing: of neighbours both have it, and who repeats what was asked for is not late
     */
    void came(Inbound in, Arrival arrival, boolean asked, boolean idle) {
        context.counters.duplicates.increment();
        in.keepRaw();
        if (verdicts.isRejected(arrival.id)) {
            blame(in.link);
        } else {
            context.services.metrics.recordMessageDropped(DropReason.DUPLICATE);
        }
        if (arrival.header.solicited || idle) {
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
