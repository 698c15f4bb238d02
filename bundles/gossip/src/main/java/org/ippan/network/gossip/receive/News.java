// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.model.TopicCounts;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.validate.Validation;
import org.ippan.network.gossip.validate.ValidatorLine;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;

/**
 * The fourth stage: what is new is appended to the log of its link, at once, or, where it waits for a validator, with
 * its verdict, which comes on any thread, behind what came before it of its topic.
 */
final class News implements Stage {

    private final GossipContext context;
    private final Subscriptions subscriptions;
    private final Tree tree;
    private final Wanted wanted;
    private final Verdicts verdicts;
    private final Validation validation;
    private final Copies copies;

    News(GossipContext context, Subscriptions subscriptions, Tree tree, Wanted wanted, Verdicts verdicts,
            Validation validation, Copies copies) {
        this.context = context;
        this.subscriptions = subscriptions;
        this.tree = tree;
        this.wanted = wanted;
        this.verdicts = verdicts;
        this.validation = validation;
        this.copies = copies;
    }

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        for (int i = 0; i < arrivals.openCount; i++) {
            Arrival arrival = arrivals.open[i];
            arrival.listeners = null;
            if (arrivals.fresh[i]) {
                news(in, arrival);
            } else {
                copies.came(in, arrival, false, false);
            }
        }
        note(in);
    }

    private void news(Inbound in, Arrival arrival) {
        MessageHeader header = arrival.header;
        boolean asked = wanted.arrived(arrival.id, in.link, in.nowNanos) || header.solicited;
        tree.news(in.tree, header.solicited, header.hops == 0);
        // What says that it was asked for and was not has no number: others are not to find it by one.
        header.solicited |= header.hops == 0 && !arrival.numbered;
        arrival.bornMillis = TimeUnit.NANOSECONDS.toMillis(in.nowNanos) - header.ageMillis
                - in.link.halfRoundTripMillis();
        Subscriptions.Route route = subscriptions.route(header.topic);
        if (route.validators().length > 0 || !in.order.isIdle(header.topic)) {
            validate(in, arrival, route.validators());
            return;
        }
        in.draft.body(arrival.body, header.hops + 1);
        in.draft.appended(in.nowNanos);
        in.draft.note(arrival.bornMillis, in.link.bit(), asked || header.solicited ? Segment.ASKED : 0);
        in.source.append(header.priority, arrival.id, in.draft);
        in.appended(arrival.body.remaining(), header.hops == 0 && !header.solicited);
        accepted(in, route.count(), header);
        if (route.listeners().length > 0) {
            arrival.listeners = route;
        }
    }

    private void validate(Inbound in, Arrival arrival, ValidatorLine[] judges) {
        MessageHeader header = arrival.header;
        if (validation.isIgnored(judges, in.link, header.topic, header.heldLength())) {
            context.ignored();
            return;
        }
        JudgedMessage message = arrival.judged(in);
        if (verdicts.begin(message) == null) {
            if (judges.length == 0) {
                message.enter(in.link.share());
            }
            in.order.add(message);
            int bytes = FrameType.HEADER_LENGTH + arrival.body.remaining();
            in.receipts.waits(header.priority, bytes);
            validation.submit(message, subscriptions::validators, verdict -> {
                decided(in, message, verdict);
                in.receipts.waits(message.priority(), -bytes);
            });
        }
    }

    /** A validated message has its verdict. Any thread, once for each message. */
    private void decided(Inbound in, JudgedMessage message, Verdict verdict) {
        if (verdict == Verdict.ACCEPT) {
            subscriptions.route(message.topic()).count().add(TopicEvent.NEW, 1, message.content().length);
            reward(in, message.topic());
            context.services.metrics.recordDeliveryAge(message.age().toNanos());
        }
        List<GossipLink> alsoBy = message.decide(verdict);
        if (verdict == Verdict.IGNORE) {
            context.ignored();
        } else if (verdict == Verdict.REJECT) {
            verdicts.reject(message);
            copies.blame(message.from);
            alsoBy.forEach(copies::blame);
        }
        if (verdict != Verdict.ACCEPT) {
            verdicts.end(message);
        }
        in.order.verdictCame(message.topic(), next -> inTurn(in, next));
    }

    /** A message was accepted, and so was or was not all that came before it of its topic. One thread for a topic. */
    private void inTurn(Inbound in, JudgedMessage message) {
        append(in, message);
        in.judged = true;
        verdicts.end(message);
        in.source.wake();
        subscriptions.deliver(message);
    }

    private void append(Inbound in, JudgedMessage message) {
        Packed packed = message.packed();
        ByteBuffer head = ByteBuffer.allocate(MessageCodec.MAX_HEAD_LENGTH);
        MessageCodec.putHead(head, message.hops(), message.priority(), message.topic(), message.nonce(),
                message.content().length);
        head.put(MessageCodec.CODEC_OFFSET, (byte) (packed == null ? 0 : packed.codec()));
        head.putLong(MessageCodec.NUMBER_OFFSET, message.number());
        MessageCodec.putSeal(head, message.seal());
        Draft draft = new Draft();
        draft.body(head.flip(), packed == null ? message.content() : packed.bytes(), message.hops() + 1);
        draft.appended(context.nanos());
        draft.note(message.bornMillis(), message.known(),
                Segment.JUDGED | (message.wasSolicited() ? Segment.ASKED : 0));
        in.source.append(message.priority(), message, draft);
    }

    /** Many in a row are of the same age and topic: that is noted once for all of them. */
    private void accepted(Inbound in, TopicCounts.Count topic, MessageHeader header) {
        reward(in, header.topic);
        if (in.ageMillis != header.ageMillis || in.topicCount != topic) {
            note(in);
            in.ageMillis = header.ageMillis;
            in.topicCount = topic;
        }
        in.alike++;
        in.alikeBytes += header.rawLength;
    }

    /** Nodes publish of themselves whatever happens: they are to earn nothing by it. */
    private static void reward(Inbound in, Topic topic) {
        if (!topic.isReserved()) {
            in.link.standing().recordSuccess(Cause.MESSAGE_ACCEPTED);
        }
    }

    private void note(Inbound in) {
        if (in.alike > 0) {
            context.services.metrics.recordDeliveryAges(
                    TimeUnit.MILLISECONDS.toNanos(in.ageMillis + in.link.halfRoundTripMillis()), in.alike);
            in.topicCount.add(TopicEvent.NEW, in.alike, in.alikeBytes);
            in.alike = 0;
            in.alikeBytes = 0;
        }
    }
}
