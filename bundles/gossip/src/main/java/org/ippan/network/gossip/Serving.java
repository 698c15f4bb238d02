// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.transport.FrameType;

/** Gives peers the bodies they ask for, as their queue has room. Confined to the relay's thread. */
final class Serving {

    private static final int MAX_TIMES = 3;
    private static final int MAX_PENDING = 65_536;
    /** Requests come in about the order of announcement: what is this much older than one was got elsewhere. */
    private static final long REORDERING = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private final GossipCore core;

    Serving(GossipCore core) {
        this.core = core;
        this.context = core.context;
    }

    /** A peer asked for messages. */
    void wanted(GossipLink link, List<MessageId> ids) {
        LinkState state = link.state();
        IdKey probe = new IdKey();
        List<IdKey> missing = new ArrayList<>();
        for (MessageId id : ids) {
            probe.set(id);
            HeldMessage message = context.cache.get(probe);
            if (context.cache.isServable(message) && core.relay.mayCarry(message, link)
                    && state.toServe.size() < MAX_PENDING && message.serve(link.slot(), MAX_TIMES)) {
                state.toServe.add(message);
                state.settle(message);
                state.settleBefore(message.bornNanos() - REORDERING);
            } else {
                missing.add(new IdKey(id));
            }
        }
        if (!missing.isEmpty()) {
            link.offer(ControlCodec.ids(FrameType.MISSING, missing));
        }
        drain(link);
    }

    /** Sends what was asked for, as far as the queue has room. */
    void drain(GossipLink link) {
        LinkState state = link.state();
        HeldMessage message;
        while ((message = state.toServe.peek()) != null && !link.congested()) {
            message.sent.add(link.slot());
            if (!link.offerSolicited(message.frame(link.codecs()))) {
                message.sent.remove(link.slot());
                return;
            }
            context.counters.relayed.increment();
            state.toServe.remove();
        }
    }

    void tick() {
        for (GossipLink link : context.links.all()) {
            drain(link);
        }
    }

    boolean isBusy() {
        for (GossipLink link : context.links.all()) {
            if (!link.state().toServe.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
