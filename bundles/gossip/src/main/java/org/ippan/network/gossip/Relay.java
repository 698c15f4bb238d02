// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * Sends a message on ({@code docs/protocol.md} §6). Runs on whatever thread accepted or published the message: links
 * take frames from any thread, and what it reads of a link is one volatile read. Only what could not be sent at once
 * goes to the relay's own thread.
 */
final class Relay {

    private final GossipContext context;
    private final GossipCore core;

    Relay(GossipCore core) {
        this.core = core;
        this.context = core.context;
    }

    /** Whether a message may be given to a link at all: sent, announced or served. */
    boolean mayCarry(HeldMessage message, GossipLink link) {
        return link != message.from && message.onwardHops() <= context.settings.maxHops()
                && (message.from == null || context.settings.relayMode() != RelayMode.DIRECT)
                && link.takes(message.length()) && !link.isBanned();
    }

    /** Sends a message over all eager links to whom may not have it, and has it announced to the others. */
    void push(HeldMessage message) {
        boolean all = true;
        for (GossipLink link : context.links.all()) {
            if (mayCarry(message, link) && !message.known.has(link.slot())) {
                all &= link.isEager() && link.hasRoomFor(message.priority()) && send(link, message);
            }
        }
        if (!all) {
            context.relay.post(() -> core.announcer.add(message));
        }
    }

    private boolean send(GossipLink link, HeldMessage message) {
        message.sent.add(link.slot());
        if (link.offer(message.frame(link.codecs()))) {
            context.counters.relayed.increment();
            return true;
        }
        notSent(link, message);
        return false;
    }

    private void notSent(GossipLink link, HeldMessage message) {
        message.sent.remove(link.slot());
        context.services.metrics.recordMessageDropped(DropReason.QUEUE_FULL);
        if (context.settings.relayMode() == RelayMode.DIRECT) {
            link.standing().recordFailure(Cause.SEND_FAILED);
        }
    }

    /** A body left a link's queue unsent: it is announced instead. */
    void dropped(GossipLink link, OutboundFrame frame) {
        HeldMessage message = context.cache.get(new IdKey(frame.id()));
        if (message != null && link.isUp()) {
            notSent(link, message);
            context.relay.post(() -> {
                message.notServed(link.slot());
                core.announcer.add(link, message);
            });
        }
    }

    /** A frame was handed to a socket. */
    void written(GossipLink link, OutboundFrame frame) {
        if (frame.id() == null) {
            return;
        }
        if (context.settings.relayMode() == RelayMode.DIRECT) {
            link.standing().recordSuccess(Cause.MESSAGE_SENT);
        }
        if (core.publisher.isTracking()) {
            HeldMessage message = context.cache.get(new IdKey(frame.id()));
            if (message != null && message.tracker() != null) {
                message.tracker().taken(link.slot());
            }
        }
    }
}
