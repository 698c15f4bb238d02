// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.metrics.DropReason;
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
import org.ippan.network.gossip.validate.Vacancy;
import org.ippan.network.gossip.validate.Validation;
import org.ippan.network.gossip.validate.ValidatorLine;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;

/**
 * Decides what becomes of messages that were hashed: of what is here already only its coming is noted; what is new is
 * appended to the log of its link, at once, or, where it waits for a validator, with its verdict. Used by the thread
 * that takes messages in; verdicts come on any.
 */
public final class Admission {

    private final GossipContext context;
    private final Subscriptions subscriptions;
    private final EntryIndex index;
    private final Tree tree;
    private final Wanted wanted;
    private final Verdicts verdicts;
    private final Validation validation;

    /** Admits what is known neither to the index nor to the verdicts. */
    public Admission(GossipContext context, Subscriptions subscriptions, EntryIndex index, Tree tree, Wanted wanted,
            Verdicts verdicts, Validation validation) {
        this.context = context;
        this.subscriptions = subscriptions;
        this.index = index;
        this.tree = tree;
        this.wanted = wanted;
        this.verdicts = verdicts;
        this.validation = validation;
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

    /** Takes in what has been hashed, in order. */
    void decide(Inbound in, Arrivals arrivals) {
        in.nowNanos = context.nanos();
        MessageDeduplicator dedup = context.services.dedup;
        if (dedup != null) {
            int open = sift(in, arrivals);
            dedup.checkAndMarkAll(arrivals.ids, open, arrivals.fresh);
            for (int i = 0; i < open; i++) {
                marked(in, arrivals.open[i], arrivals.fresh[i]);
            }
        } else {
            synchronized (context.services.unmarked) {
                for (int i = 0; i < arrivals.soundCount; i++) {
                    Arrival arrival = arrivals.sound[i];
                    if (!isKnown(in, arrival)) {
                        marked(in, arrival, true);
                    }
                }
            }
        }
        noteAges(in);
    }

    /** Deals with what is here already. How many others there are. */
    private int sift(Inbound in, Arrivals arrivals) {
        touch(arrivals);
        int open = 0;
        for (int i = 0; i < arrivals.soundCount; i++) {
            Arrival arrival = arrivals.sound[i];
            if (!isKnown(in, arrival)) {
                arrivals.open[open] = arrival;
                arrival.id.put(arrivals.ids, open * MessageDeduplicator.ID_WORDS);
                open++;
            }
        }
        return open;
    }

    private void touch(Arrivals arrivals) {
        long touched = 0;
        for (int i = 0; i < arrivals.soundCount; i++) {
            IdKey id = arrivals.sound[i].id;
            touched ^= index.touch(id.word0(), id.word1());
        }
        arrivals.touched = touched;
    }

    private boolean isKnown(Inbound in, Arrival arrival) {
        IdKey id = arrival.id;
        arrival.header.solicited = arrival.header.solicited && wanted.isAsked(id, in.link);
        HeldMessage waiting = verdicts.waiting(id);
        if (waiting != null) {
            duplicate(in, arrival, waiting);
        } else if (index.find(id.word0(), id.word1(), id.word2(), id.word3(), in.found)) {
            duplicateInLog(in, arrival);
        } else {
            return false;
        }
        return true;
    }

    private void marked(Inbound in, Arrival arrival, boolean fresh) {
        if (fresh) {
            news(in, arrival);
        } else {
            duplicate(in, arrival, false, false);
        }
    }

    private void news(Inbound in, Arrival arrival) {
        MessageHeader header = arrival.header;
        boolean asked = wanted.arrived(arrival.id, in.link) || header.solicited;
        tree.news(in.tree, header.solicited);
        long now = in.nowNanos;
        long born = TimeUnit.NANOSECONDS.toMillis(now) - header.ageMillis - in.link.halfRoundTripMillis();
        Subscriptions.Route route = subscriptions.route(header.topic);
        if (route.validators().length > 0) {
            validate(in, arrival, born, route.validators());
            return;
        }
        in.draft.body(arrival.body, header.hops + 1);
        in.draft.appended(now);
        in.draft.note(born, in.link.bit(), asked ? Segment.ASKED : 0);
        in.source.append(header.priority, arrival.id, in.draft);
        in.appended = true;
        accepted(in, header.ageMillis);
        if (route.listeners().length > 0) {
            HeldMessage message = held(in, arrival, born);
            message.decide(Verdict.ACCEPT);
            if (in.order.isIdle(message.topic())) {
                in.deliveries.add(route, message);
            } else {
                message.enter(in.link.share());
                in.order.add(message);
                in.order.verdictCame(message.topic());
            }
        }
    }

    private void validate(Inbound in, Arrival arrival, long born, ValidatorLine[] judges) {
        MessageHeader header = arrival.header;
        if (validation.isIgnored(judges, in.link, header.topic, header.heldLength())) {
            context.ignored();
            return;
        }
        HeldMessage message = held(in, arrival, born);
        if (verdicts.begin(message) == null) {
            in.order.add(message);
            int bytes = FrameType.HEADER_LENGTH + arrival.body.remaining();
            in.receipts.waits(header.priority, bytes);
            validation.submit(message, subscriptions::validators, verdict -> {
                decided(in, message, verdict);
                in.receipts.waits(message.priority(), -bytes);
            });
        }
    }

    private static HeldMessage held(Inbound in, Arrival arrival, long born) {
        MessageHeader header = arrival.header;
        byte[] payload = new byte[header.payloadLength];
        arrival.body.get(header.payloadOffset, payload);
        return header.codec == 0 ? new HeldMessage(arrival.id, header, payload, null, in.link, born)
                : new HeldMessage(arrival.id, header, in.takeRaw(), new Packed(header.codec, payload), in.link, born);
    }

    /** A copy of a message in a log. That of a neighbour of its publisher may come while both learn of each other. */
    private void duplicateInLog(Inbound in, Arrival arrival) {
        Segment segment = in.found.segment();
        boolean asked = (segment.flags(in.found.entry()) & Segment.ASKED) != 0;
        boolean neighbours = segment.log().source() instanceof GossipLink source
                && (source.bit() & in.link.neighbours()) != 0;
        segment.addKnown(in.found.entry(), in.link.bit());
        in.found.unpin();
        duplicate(in, arrival, asked, neighbours && arrival.header.hops <= 1);
    }

    /** A copy of a message that waits for its verdict. */
    private void duplicate(Inbound in, Arrival arrival, HeldMessage waiting) {
        if (waiting.deliveredAlsoBy(in.link)) {
            blame(in.link);
        }
        duplicate(in, arrival, waiting.wasSolicited(), false);
    }

    /** A copy came; whether another was asked for, and whether those who brought them are neighbours. */
    private void duplicate(Inbound in, Arrival arrival, boolean asked, boolean neighbours) {
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

    private void blame(GossipLink link) {
        context.counters.rejected.increment();
        context.services.metrics.recordMessageDropped(DropReason.REJECTED);
        link.standing().recordInvalid(Cause.MESSAGE_REJECTED);
    }

    /** A validated message has its verdict. Any thread, once for each message. */
    private void decided(Inbound in, HeldMessage message, Verdict verdict) {
        if (verdict == Verdict.ACCEPT) {
            append(in, message);
            in.link.standing().recordSuccess(Cause.MESSAGE_ACCEPTED);
            context.services.metrics.recordDeliveryAge(message.age().toNanos());
        }
        List<GossipLink> alsoBy = message.decide(verdict);
        if (verdict == Verdict.IGNORE) {
            context.ignored();
        } else if (verdict == Verdict.REJECT) {
            verdicts.reject(message);
            blame(message.from);
            alsoBy.forEach(this::blame);
        }
        verdicts.end(message);
        if (verdict == Verdict.ACCEPT) {
            in.source.wake();
        }
        in.order.verdictCame(message.topic());
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

    /** Many in a row are of the same age: it is noted once for all of them. */
    private void accepted(Inbound in, long ageMillis) {
        in.link.standing().recordSuccess(Cause.MESSAGE_ACCEPTED);
        if (in.ageMillis != ageMillis) {
            noteAges(in);
            in.ageMillis = ageMillis;
        }
        in.sameAge++;
    }

    private void noteAges(Inbound in) {
        if (in.sameAge > 0) {
            context.services.metrics.recordDeliveryAges(
                    TimeUnit.MILLISECONDS.toNanos(in.ageMillis + in.link.halfRoundTripMillis()), in.sameAge);
            in.sameAge = 0;
        }
    }
}
