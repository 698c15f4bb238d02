// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.HeldMessage;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;

/**
 * Takes messages in, cheapest check first ({@code docs/protocol.md} §7): limits, syntax, hops, age, room, hash, seen.
 * Nothing is marked before it is certain that the message can be handled, so nothing ever has to be unmarked. What is
 * accepted is appended to the log of its link: at once, or, where it waits for a validator, with its verdict. Runs on
 * the link's I/O thread, and for what was set aside on the relay's.
 */
public final class Intake {

    private final GossipContext context;
    private final Subscriptions subscriptions;
    private final EntryIndex index;
    private final Tree tree;
    private final Wanted wanted;
    private final Verdicts verdicts;
    private final Validation validation;
    private final ReadingGate gate;

    /** Takes in what may be known already to the index or the verdicts. */
    public Intake(GossipContext context, Subscriptions subscriptions, EntryIndex index, Tree tree, Wanted wanted,
            Verdicts verdicts, Validation validation, ReadingGate gate) {
        this.context = context;
        this.subscriptions = subscriptions;
        this.index = index;
        this.tree = tree;
        this.wanted = wanted;
        this.verdicts = verdicts;
        this.validation = validation;
        this.gate = gate;
    }

    /** A GOSSIP frame came. */
    public void message(Inbound in, boolean solicited, ByteBuffer body) throws ProtocolException {
        MessageCodec.decode(body, in.link.limits(), in.topics, in.header);
        context.services.metrics.recordMessageReceived(FrameType.HEADER_LENGTH + (long) body.remaining());
        context.counters.bodiesReceived.increment();
        if (!context.serving()) {
            return;
        }
        if (in.header.hops == 0 && !solicited) {
            in.tree.level.came(in.header.priority, in.header.number);
        }
        GossipSettings settings = context.settings();
        if (in.header.hops > settings.maxHops() || in.header.ageMillis > settings.maxAgeMillis()) {
            ignored();
        } else if (in.link.isPaused() || context.isOverloaded() || !in.link.share().admits(in.header.heldLength())) {
            setAside(in, solicited, body);
        } else {
            handle(in, solicited, body);
        }
        if (!in.link.isUp()) {
            // It ended meanwhile: the end of what is read in one go may not be told any more.
            tell(in);
        }
    }

    /** What was read in one go has been taken in: the others hear of it, and reading stops if they cannot follow. */
    public void readComplete(Inbound in) {
        if (tell(in) && !in.link.isPaused() && gate.isBehind(in)) {
            gate.pause(in);
        }
    }

    /** Listeners and links hear of what was taken in. Whether there was something for links. */
    private static boolean tell(Inbound in) {
        in.deliveries.wake();
        boolean appended = in.appended;
        if (appended) {
            in.appended = false;
            in.source.wake();
        }
        return appended;
    }

    /** The link ended: all hear of what came by it. Any thread. */
    public void ended(Inbound in) {
        subscriptions.wake();
        in.source.wake();
    }

    private void ignored() {
        context.counters.ignored.increment();
        context.services.metrics.recordMessageDropped(DropReason.IGNORED);
    }

    /** There is no room: the link is not read until there is. */
    private void setAside(Inbound in, boolean solicited, ByteBuffer body) {
        in.aside.add(new Inbound.Aside(ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip(), solicited));
        if (!in.link.isPaused()) {
            context.services.metrics.recordMessageDropped(DropReason.THROTTLED);
            gate.pause(in);
        }
    }

    /** Goes on with what was set aside. Whether all of it was taken in. Confined to the relay, while reading is off. */
    public boolean retry(Inbound in) {
        Inbound.Aside next;
        while ((next = in.aside.peek()) != null) {
            try {
                MessageCodec.decode(next.body(), in.link.limits(), in.topics, in.header);
                if (!in.link.share().admits(in.header.heldLength())) {
                    break;
                }
                in.aside.remove();
                handle(in, next.solicited(), next.body());
            } catch (ProtocolException e) {
                in.aside.clear();
                in.link.violated(e);
            }
        }
        tell(in);
        return in.aside.isEmpty();
    }

    private void handle(Inbound in, boolean saysSolicited, ByteBuffer body) throws ProtocolException {
        MessageHeader header = in.header;
        int start = body.position();
        body.position(header.payloadOffset);
        if (header.codec == 0) {
            in.hasher.hash(header.topic, header.nonce, body, in.probe);
        } else if (context.services.codecs.inflate(header.codec, body, in.raw())) {
            in.hasher.hash(header.topic, header.nonce, in.raw(), in.probe);
        } else {
            ignored();
            in.link.renew();
            return;
        }
        body.position(start);
        header.solicited = saysSolicited && wanted.isAsked(in.probe, in.link);
        if (context.services.dedup != null) {
            judge(in, body);
        } else {
            synchronized (context.services.unmarked) {
                judge(in, body);
            }
        }
    }

    private void judge(Inbound in, ByteBuffer body) {
        HeldMessage waiting = verdicts.waiting(in.probe);
        if (waiting != null) {
            duplicate(in, waiting);
        } else if (index.find(in.probe.word0(), in.probe.word1(), in.probe.word2(), in.probe.word3(), in.found)) {
            duplicateInLog(in);
        } else if (!context.services.checkAndMark(in.probe)) {
            duplicate(in, false, false);
        } else {
            news(in, body);
        }
    }

    private void news(Inbound in, ByteBuffer body) {
        MessageHeader header = in.header;
        boolean asked = wanted.arrived(in.probe, in.link) || header.solicited;
        tree.news(in.tree, header.solicited);
        long now = context.nanos();
        long born = TimeUnit.NANOSECONDS.toMillis(now) - header.ageMillis - in.link.halfRoundTripMillis();
        Subscriptions.Route route = subscriptions.route(header.topic);
        if (route.validators().length > 0) {
            HeldMessage message = held(in, body, born);
            if (verdicts.begin(message) == null) {
                in.order.add(message);
                validation.submit(message, route.validators(), verdict -> decided(in, message, verdict));
            }
            return;
        }
        in.draft.body(body, header.hops + 1);
        in.draft.appended(now);
        in.draft.note(born, in.link.bit(), asked ? Segment.ASKED : 0);
        in.source.append(header.priority, in.probe, in.draft);
        in.appended = true;
        accepted(in.link, header.ageMillis);
        if (route.listeners().length > 0) {
            HeldMessage message = held(in, body, born);
            message.decide(Verdict.ACCEPT);
            if (in.order.isIdle()) {
                in.deliveries.add(route, message);
            } else {
                in.order.add(message);
                in.order.verdictCame();
            }
        }
    }

    private static HeldMessage held(Inbound in, ByteBuffer body, long born) {
        MessageHeader header = in.header;
        byte[] payload = new byte[header.payloadLength];
        body.get(header.payloadOffset, payload);
        return header.codec == 0 ? new HeldMessage(in.probe, header, payload, null, in.link, born)
                : new HeldMessage(in.probe, header, in.takeRaw(), new Packed(header.codec, payload), in.link, born);
    }

    /** A copy of a message in a log. That of a neighbour of its publisher may come while both learn of each other. */
    private void duplicateInLog(Inbound in) {
        Segment segment = in.found.segment();
        boolean asked = (segment.flags(in.found.entry()) & Segment.ASKED) != 0;
        boolean neighbours = segment.log().source() instanceof GossipLink source
                && (source.bit() & in.link.neighbours()) != 0;
        segment.addKnown(in.found.entry(), in.link.bit());
        in.found.unpin();
        duplicate(in, asked, neighbours && in.header.hops <= 1);
    }

    /** A copy of a message that waits for its verdict. */
    private void duplicate(Inbound in, HeldMessage waiting) {
        if (waiting.deliveredAlsoBy(in.link)) {
            blame(in.link);
        }
        duplicate(in, waiting.wasSolicited(), false);
    }

    /** A copy came; whether another was asked for, and whether those who brought them are neighbours. */
    private void duplicate(Inbound in, boolean asked, boolean neighbours) {
        context.counters.duplicates.increment();
        in.keepRaw();
        if (verdicts.isRejected(in.probe)) {
            blame(in.link);
        } else {
            context.services.metrics.recordMessageDropped(DropReason.DUPLICATE);
        }
        if (in.header.solicited || neighbours) {
            return;
        }
        if (asked) {
            wanted.needless();
        } else {
            tree.duplicate(in.tree, in.probe);
        }
    }

    private void blame(GossipLink link) {
        context.counters.rejected.increment();
        context.services.metrics.recordMessageDropped(DropReason.REJECTED);
        link.standing().recordInvalid(Cause.MESSAGE_REJECTED);
    }

    /** A validated message has its verdict. Any thread, once for each message. */
    private void decided(Inbound in, HeldMessage message, Verdict verdict) {
        if (verdict == Verdict.ACCEPT) {
            append(in, message);
            accepted(in.link, message.age().toMillis());
        }
        List<GossipLink> alsoBy = message.decide(verdict);
        if (verdict == Verdict.IGNORE) {
            ignored();
        } else if (verdict == Verdict.REJECT) {
            verdicts.reject(message);
            blame(message.from);
            alsoBy.forEach(this::blame);
        }
        verdicts.end(message);
        if (verdict == Verdict.ACCEPT) {
            in.source.wake();
        }
        in.order.verdictCame();
    }

    private void append(Inbound in, HeldMessage message) {
        Packed packed = message.packed();
        byte[] head = MessageCodec.head(message.hops(), message.priority(), message.topic(), message.nonce(),
                message.content().length);
        head[MessageCodec.CODEC_OFFSET] = (byte) (packed == null ? 0 : packed.codec());
        Draft draft = new Draft();
        draft.body(ByteBuffer.wrap(head), ByteBuffer.wrap(packed == null ? message.content() : packed.bytes()),
                message.hops() + 1);
        draft.appended(context.nanos());
        draft.note(message.bornMillis(), message.known(), message.wasSolicited() ? Segment.ASKED : 0);
        in.source.append(message.priority(), message, draft);
    }

    private void accepted(GossipLink link, long ageMillis) {
        link.standing().recordSuccess(Cause.MESSAGE_ACCEPTED);
        context.services.metrics.recordDeliveryAge(
                TimeUnit.MILLISECONDS.toNanos(ageMillis + link.halfRoundTripMillis()));
    }
}
