// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import org.ippan.network.api.Topic;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.validate.Seals;
import org.ippan.network.gossip.validate.Vacancy;
import org.ippan.network.gossip.validate.Validation;
import org.ippan.network.gossip.wire.MessageHeader;

/**
 * Decides what becomes of messages that passed the first checks, in stages: of what is here already only its coming is
 * noted, what is new is appended to the log of its link and goes to listeners. Used by the thread that takes messages
 * in.
 */
public final class Admission {

    private final GossipContext context;
    private final Subscriptions subscriptions;
    private final Validation validation;
    private final Stage[] stages;

    /** Admits what is known neither to the index nor to the verdicts. */
    public Admission(GossipContext context, Subscriptions subscriptions, EntryIndex index, Tree tree, Wanted wanted,
            Verdicts verdicts, Validation validation) {
        this.context = context;
        this.subscriptions = subscriptions;
        this.validation = validation;
        Copies copies = new Copies(context, tree, wanted, verdicts);
        this.stages = new Stage[] {new Hashing(), new Recognition(index, wanted, verdicts, copies),
                new Marks(new Seals(context)),
                new News(context, subscriptions, tree, wanted, verdicts, validation, copies), new Delivering()};
    }

    /** Whether the messages of a topic need a verdict. */
    boolean isJudged(Topic topic) {
        return subscriptions.validators(topic).length > 0;
    }

    /** Whether a message may be taken in now, as there is room where it may have to wait, or as it is to be ignored. */
    boolean hasRoom(Inbound in, MessageHeader header) {
        int cost = header.heldLength();
        return in.link.share().admits(cost) && validation.vacancy(subscriptions.validators(header.topic), in.link,
                header.topic, cost) != Vacancy.SOON;
    }

    /** Takes in what passed the first checks, in order. */
    void decide(Inbound in, Arrivals arrivals) {
        long shared = context.services.marking.readLock();
        try {
            in.nowNanos = context.nanos();
            in.dedup = context.services.dedup;
            if (in.dedup != null) {
                run(in, arrivals, 0, arrivals.soundCount);
            } else {
                unmarked(in, arrivals);
            }
        } finally {
            context.services.marking.unlockRead(shared);
        }
        arrivals.decided();
    }

    /** What was appended is known: so one at a time, while no other thread appends. */
    private void unmarked(Inbound in, Arrivals arrivals) {
        synchronized (context.services.unmarked) {
            for (int i = 0; i < arrivals.soundCount; i++) {
                run(in, arrivals, i, i + 1);
            }
        }
    }

    private void run(Inbound in, Arrivals arrivals, int from, int to) {
        for (Stage stage : stages) {
            stage.run(in, arrivals, from, to);
        }
    }
}
