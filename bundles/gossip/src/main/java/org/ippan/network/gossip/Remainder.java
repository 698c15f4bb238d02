// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.publish.PublishGate;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.validate.Validation;

/** What a node that stops has still to do, and what it leaves undone in the end. Safe for any thread. */
record Remainder(GossipContext context, Validation validation, Subscriptions subscriptions, Sources sources,
        PublishGate gate, LinkEnds ends) {

    /** Whether everything that was taken in has been validated and delivered. */
    boolean isDelivered() {
        return context.relay.isEmpty() && !validation.isBusy() && subscriptions.isDrained();
    }

    /** Whether peers have everything that was accepted so far. */
    boolean isSent() {
        return context.relay.isEmpty() && ends.isMended() && behind().findAny().isEmpty() && !gate.isOnlyAnnounced();
    }

    private Stream<Outbound> behind() {
        return Arrays.stream(sources.readers()).filter(outbound -> !outbound.isDrained());
    }

    /** What is neither delivered nor sent, in words; empty if nothing is left. */
    Optional<String> left() {
        int undecided = validation.undecided();
        int undelivered = subscriptions.undelivered();
        long links = behind().count();
        long bytes = links == 0 ? sources.unsent()
                : behind().mapToLong(outbound -> outbound.lagBytes() + outbound.askedBytes()).sum();
        if (undecided + undelivered + links + bytes == 0) {
            return Optional.empty();
        }
        return Optional.of("Gossip stops before all is done and drops the rest: validators or listeners hang, or links"
                + " are slow or gone; messagesToValidate=" + undecided + " messagesToDeliver=" + undelivered
                + " bytesToSend=" + bytes + " linksBehind=" + links);
    }

    /** Names the validators and listeners that have not returned in the time there was. */
    void blame() {
        validation.stop();
        context.faults().stop();
    }
}
