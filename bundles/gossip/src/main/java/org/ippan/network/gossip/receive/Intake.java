// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import org.ippan.network.api.Priority;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;

/**
 * Takes messages in, cheapest check first ({@code docs/protocol.md} §7): limits, syntax, hops, age, room, hash, seen.
 * Nothing is marked before it is certain that the message can be handled, so nothing ever has to be unmarked. What was
 * read in one go is decided on together, stage by stage. Runs on the link's I/O thread, and for what was set aside on
 * the relay's.
 */
public final class Intake {

    private final GossipContext context;
    private final Admission admission;
    private final ReadingGate gate;
    private final Acks acks;
    private final Unpacking unpacking;
    private final Arrivals.Pool pool = new Arrivals.Pool();

    /** Takes in for an admission what a gate lets come, and has peers told what is settled. */
    public Intake(GossipContext context, Admission admission, ReadingGate gate, Acks acks) {
        this.context = context;
        this.admission = admission;
        this.gate = gate;
        this.acks = acks;
        this.unpacking = new Unpacking(context.nanos());
    }

    /** A GOSSIP frame came: it waits until what is read in one go is complete, or there is no more room. */
    public void message(Inbound in, boolean solicited, ByteBuffer body) throws ProtocolException {
        if (in.arrivals == null) {
            in.arrivals = pool.take();
        }
        if (!in.arrivals.keep(body, solicited)) {
            takeIn(in);
            if (!in.arrivals.keep(body, solicited)) {
                in.arrivals.lend(body, solicited);
                takeIn(in);
            }
        }
    }

    /** A message came and was lost on purpose: as if it had been refused. */
    public void lost(Inbound in, Priority priority, int bytes) {
        in.receipts.came(priority, bytes);
    }

    /** What was read in one go is taken in: the others hear of it, and reading stops if they cannot follow. */
    public void readComplete(Inbound in) throws ProtocolException {
        try {
            flush(in);
        } finally {
            boolean appended = tell(in);
            acks.taken(in);
            // Last of all: from now on the relay has the link, until it has it read again.
            if (!in.link.isPaused() && (isShortOfRoom(in) || appended && gate.isBehind(in))) {
                in.wakeAll();
                gate.pause(in);
            }
        }
    }

    private boolean isShortOfRoom(Inbound in) {
        if (in.aside.isEmpty()) {
            return false;
        }
        context.services.metrics.recordMessageDropped(DropReason.THROTTLED);
        return true;
    }

    private void flush(Inbound in) throws ProtocolException {
        if (in.arrivals != null) {
            Arrivals arrivals = in.arrivals;
            try {
                takeIn(in);
            } finally {
                in.arrivals = null;
                pool.giveBack(arrivals);
            }
        }
    }

    /** Links hear of what was taken in. Whether there is something for them, of verdicts that came since, too. */
    private static boolean tell(Inbound in) {
        boolean appended = in.wake();
        boolean judged = in.judged;
        if (judged) {
            in.judged = false;
        }
        return appended || judged;
    }

    /** Takes in all that came. What came before a malformed message is taken in all the same. */
    private void takeIn(Inbound in) throws ProtocolException {
        Arrivals arrivals = in.arrivals;
        long bytes = 0;
        int messages = 0;
        try {
            Arrival next;
            while ((next = arrivals.examine()) != null) {
                bytes += FrameType.HEADER_LENGTH + next.body.remaining();
                messages++;
                examine(in, next);
            }
        } finally {
            context.services.metrics.recordMessagesReceived(messages, bytes);
            context.counters.bodiesReceived.add(messages);
            admission.decide(in, arrivals);
            arrivals.clear();
        }
    }

    private void examine(Inbound in, Arrival next) throws ProtocolException {
        MessageHeader header = next.header;
        MessageCodec.decode(next.body, in.link.limits(), in.topics, header);
        if (!context.serving()) {
            in.receipts.came(header.priority, next.body.remaining());
            return;
        }
        Arrivals before = in.arrivals;
        if (admission.isJudged(header.topic)
                || !in.link.share().admits(before.soundCount, before.soundBytes, header.heldLength())) {
            // Those before it may take the room that it needs.
            admission.decide(in, before);
        }
        GossipSettings settings = context.settings();
        if (header.hops > settings.maxHops() || header.ageMillis > settings.maxAgeMillis()) {
            in.receipts.came(header.priority, next.body.remaining());
            context.ignored();
        } else if (in.link.isPaused() || !in.aside.isEmpty() || context.isOverloaded() || !hasRoom(in, header)) {
            // There is no room: the link is not read until there is, and then goes on with this.
            in.aside.add(Inbound.Aside.of(next));
        } else {
            admit(in, in.arrivals, next);
        }
    }

    private boolean hasRoom(Inbound in, MessageHeader header) {
        boolean room = admission.hasRoom(in, header);
        boolean rationed = room && header.codec != 0 && !unpacking.admits(in, header, context.nanos());
        if (rationed != in.rationed) {
            in.rationed = rationed;
        }
        return room && !rationed;
    }

    /** There is room for it. What is compressed is taken in at once: the next is inflated in the same place. */
    private void admit(Inbound in, Arrivals arrivals, Arrival next) throws ProtocolException {
        in.receipts.came(next.header.priority, next.body.remaining());
        if (next.header.codec == 0) {
            arrivals.sound(next);
            return;
        }
        if (arrivals.soundCount > 0) {
            // Alone, so that it can be told what became of it.
            admission.decide(in, arrivals);
        }
        if (inflate(in, next)) {
            arrivals.sound(next);
            admission.decide(in, arrivals);
            if (arrivals.openCount > 0 && arrivals.fresh[0]) {
                unpacking.wasOfUse(in, next.header);
            }
        }
    }

    private boolean inflate(Inbound in, Arrival next) throws ProtocolException {
        MessageHeader header = next.header;
        unpacking.begins(in, header, context.nanos());
        ByteBuffer packed = next.body.duplicate().position(header.payloadOffset);
        if (context.services.codecs.inflate(header.codec, packed, in.raw(header.rawLength))) {
            return true;
        }
        context.ignored();
        in.link.renew();
        return false;
    }

    /** Goes on with what was set aside. Whether all of it was taken in. Confined to the relay, while reading is off. */
    public boolean retry(Inbound in) {
        if (in.aside.isEmpty()) {
            return true;
        }
        Arrivals arrivals = pool.take();
        try {
            Inbound.Aside next;
            while ((next = in.aside.peek()) != null && retry(in, arrivals, next)) {
                in.aside.remove();
            }
        } catch (ProtocolException e) {
            in.aside.clear();
            in.link.violated(e);
        } finally {
            pool.giveBack(arrivals);
        }
        tell(in);
        acks.taken(in);
        return in.aside.isEmpty();
    }

    /** Takes in what was set aside, if there is room for it now. */
    private boolean retry(Inbound in, Arrivals arrivals, Inbound.Aside aside) throws ProtocolException {
        arrivals.lend(aside.body(), aside.solicited());
        Arrival next = arrivals.examine();
        MessageCodec.decode(next.body, in.link.limits(), in.topics, next.header);
        boolean room = hasRoom(in, next.header);
        if (room) {
            admit(in, arrivals, next);
            admission.decide(in, arrivals);
        }
        arrivals.clear();
        return room;
    }
}
