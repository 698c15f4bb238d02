// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.FrameType;

/**
 * Takes messages in, cheapest check first ({@code docs/protocol.md} §7): limits, syntax, hops, age, room, hash, seen.
 * Nothing is marked before it is certain that the message can be handled, so nothing ever has to be unmarked. Runs on
 * the link's I/O thread, and for what was set aside on the relay's.
 */
final class Intake {

    private final GossipContext context;
    private final GossipCore core;

    Intake(GossipCore core) {
        this.core = core;
        this.context = core.context;
    }

    /** A GOSSIP frame came. */
    void message(GossipLink link, boolean solicited, ByteBuffer body) throws ProtocolException {
        Inbound in = link.inbound();
        MessageCodec.decode(body, link.limits(), in.topics, in.header);
        context.services.metrics.recordMessageReceived(FrameType.HEADER_LENGTH + (long) body.remaining());
        context.counters.bodiesReceived.increment();
        if (!context.serving()) {
            return;
        }
        GossipSettings settings = context.settings;
        if (in.header.hops > settings.maxHops() || in.header.ageMillis > settings.maxAgeMillis()) {
            ignored();
        } else if (in.paused || context.isOverloaded() || !link.share().admits(in.header.heldLength())) {
            setAside(link, solicited, body);
        } else {
            handle(link, solicited, body);
        }
    }

    private void ignored() {
        context.counters.ignored.increment();
        context.services.metrics.recordMessageDropped(DropReason.IGNORED);
    }

    /** There is no room: the link is not read until there is. */
    private void setAside(GossipLink link, boolean solicited, ByteBuffer body) {
        Inbound in = link.inbound();
        in.aside.add(new Inbound.Aside(ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip(), solicited));
        if (!in.paused) {
            in.paused = true;
            context.services.metrics.recordMessageDropped(DropReason.THROTTLED);
            link.readable(false);
            context.relay.post(() -> core.throttle.paused(link));
        }
    }

    /** Goes on with what was set aside. Whether all of it was taken in. Confined to the relay, while reading is off. */
    boolean retry(GossipLink link) {
        Inbound in = link.inbound();
        Inbound.Aside next;
        while ((next = in.aside.peek()) != null) {
            try {
                MessageCodec.decode(next.body(), link.limits(), in.topics, in.header);
            } catch (ProtocolException e) {
                throw new IllegalStateException("was well-formed when it came", e);
            }
            if (!link.share().admits(in.header.heldLength())) {
                return false;
            }
            in.aside.remove();
            try {
                handle(link, next.solicited(), next.body());
            } catch (ProtocolException e) {
                in.aside.clear();
                link.violated(e);
            }
        }
        return true;
    }

    private void handle(GossipLink link, boolean saysSolicited, ByteBuffer body) throws ProtocolException {
        Inbound in = link.inbound();
        MessageHeader header = in.header;
        body.position(header.payloadOffset);
        if (header.codec == 0) {
            in.hasher.hash(header.topic, header.nonce, body, in.probe);
        } else if (context.services.codecs.inflate(header.codec, body, in.raw())) {
            in.hasher.hash(header.topic, header.nonce, in.raw(), in.probe);
        } else {
            ignored();
            link.renew();
            return;
        }
        header.solicited = saysSolicited && core.wanted.isAsked(in.probe, link);
        HeldMessage held = context.cache.get(in.probe);
        if (held != null || !context.services.checkAndMark(in.probe)) {
            duplicate(link, held);
            return;
        }
        HeldMessage message = new HeldMessage(in.probe, in.content(body), header, link, context.ticker.nanos());
        held = context.cache.begin(message);
        if (held != null) {
            duplicate(link, held);
            return;
        }
        core.tree.news(link, header.solicited);
        core.wanted.arrived(message);
        Subscriptions.Route route = core.subscriptions.route(header.topic);
        if (route.validators().length > 0) {
            link.order().add(message);
            core.validation.submit(message, route.validators());
        } else if (link.order().isIdle()) {
            message.decide(Verdict.ACCEPT);
            accepted(message);
            core.subscriptions.deliver(message);
        } else {
            link.order().add(message);
            decided(message, Verdict.ACCEPT);
        }
    }

    private void duplicate(GossipLink link, HeldMessage held) {
        context.counters.duplicates.increment();
        link.inbound().keepRaw();
        if (held == null || !held.deliveredAlsoBy(link)) {
            context.services.metrics.recordMessageDropped(DropReason.DUPLICATE);
        } else {
            blame(link);
        }
        if (held != null) {
            held.knownTo(link.slot());
        }
        if (link.inbound().header.solicited) {
            return;
        }
        if (held != null && held.wasSolicited()) {
            core.wanted.patience.needless();
        } else if (held == null || !held.wasAskedOf(link)) {
            core.tree.duplicate(link);
        }
    }

    private void blame(GossipLink link) {
        context.counters.rejected.increment();
        context.services.metrics.recordMessageDropped(DropReason.REJECTED);
        link.standing().recordInvalid(Cause.MESSAGE_REJECTED);
    }

    /** A validated message has its verdict. Any thread, once for each message. */
    void decided(HeldMessage message, Verdict verdict) {
        List<GossipLink> alsoBy = message.decide(verdict);
        switch (verdict) {
            case ACCEPT -> accepted(message);
            case IGNORE -> {
                ignored();
                context.cache.drop(message);
            }
            case REJECT -> {
                blame(message.from);
                alsoBy.forEach(this::blame);
                context.relay.post(() -> context.cache.reject(message));
            }
        }
        message.from.order().verdictCame();
    }

    /** Keeps and relays a message. Kept first: a link that comes up meanwhile finds it in its digest. */
    private void accepted(HeldMessage message) {
        message.from.standing().recordSuccess(Cause.MESSAGE_ACCEPTED);
        context.services.metrics.recordDeliveryAge(
                TimeUnit.MILLISECONDS.toNanos(message.ageMillisAt(context.ticker.nanos())));
        context.keep(message);
        core.relay.push(message);
    }
}
