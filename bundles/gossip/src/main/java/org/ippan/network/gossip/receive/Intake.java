// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
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
 * read in one go is hashed and decided on together. Runs on the link's I/O thread, and for what was set aside on the
 * relay's.
 */
public final class Intake {

    private final GossipContext context;
    private final Admission admission;
    private final ReadingGate gate;
    private final Arrivals.Pool pool = new Arrivals.Pool();

    /** Takes in for an admission what a gate lets come. */
    public Intake(GossipContext context, Admission admission, ReadingGate gate) {
        this.context = context;
        this.admission = admission;
        this.gate = gate;
    }

    /** A GOSSIP frame came. */
    public void message(Inbound in, boolean solicited, ByteBuffer body) throws ProtocolException {
        MessageHeader header = begin(in, solicited, body);
        context.services.metrics.recordMessageReceived(FrameType.HEADER_LENGTH + (long) body.remaining());
        context.counters.bodiesReceived.increment();
        if (!context.serving()) {
            return;
        }
        if (header.hops == 0 && !solicited) {
            in.tree.level.came(header.priority, header.number);
        }
        GossipSettings settings = context.settings();
        if (header.hops > settings.maxHops() || header.ageMillis > settings.maxAgeMillis()) {
            context.ignored();
        } else if (in.link.isPaused() || context.isOverloaded() || !in.link.share().admits(header.heldLength())) {
            setAside(in, solicited, body);
        } else {
            add(in, body);
        }
    }

    /** Reads the head of a message; those before it are taken in first if there is no room for it. */
    private MessageHeader begin(Inbound in, boolean solicited, ByteBuffer body) throws ProtocolException {
        if (in.arrivals == null) {
            in.arrivals = pool.take();
        } else if (in.arrivals.isFull() || !in.arrivals.hasRoom(body.remaining())) {
            takeIn(in);
        }
        MessageHeader header = in.arrivals.next().header;
        MessageCodec.decode(body, in.link.limits(), in.topics, header);
        header.solicited = solicited;
        return header;
    }

    private void add(Inbound in, ByteBuffer body) throws ProtocolException {
        Arrivals arrivals = in.arrivals;
        if (arrivals.next().header.codec == 0 && arrivals.keeps(body.remaining())) {
            arrivals.keep(body);
        } else if (arrivals.next().header.codec == 0 || inflate(in, body)) {
            arrivals.lend(body);
            takeIn(in);
        }
    }

    private boolean inflate(Inbound in, ByteBuffer body) throws ProtocolException {
        MessageHeader header = in.arrivals.next().header;
        ByteBuffer packed = body.duplicate().position(header.payloadOffset);
        if (context.services.codecs.inflate(header.codec, packed, in.raw(header.rawLength))) {
            return true;
        }
        context.ignored();
        in.link.renew();
        return false;
    }

    /** What was read in one go is taken in: the others hear of it, and reading stops if they cannot follow. */
    public void readComplete(Inbound in) {
        flush(in);
        if (tell(in) && !in.link.isPaused() && gate.isBehind(in)) {
            gate.pause(in);
        }
    }

    /** Takes in what came before something else. While reading is off that is done already, or the relay does it. */
    public void flush(Inbound in) {
        if (!in.link.isPaused()) {
            end(in);
        }
    }

    private void end(Inbound in) {
        if (in.arrivals != null) {
            takeIn(in);
            pool.giveBack(in.arrivals);
            in.arrivals = null;
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

    /** There is no room: the link is not read until there is. */
    private void setAside(Inbound in, boolean solicited, ByteBuffer body) {
        in.aside.add(new Inbound.Aside(ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip(), solicited));
        if (!in.link.isPaused()) {
            flush(in);
            context.services.metrics.recordMessageDropped(DropReason.THROTTLED);
            gate.pause(in);
        }
    }

    /** Goes on with what was set aside. Whether all of it was taken in. Confined to the relay, while reading is off. */
    public boolean retry(Inbound in) {
        Inbound.Aside next;
        while ((next = in.aside.peek()) != null) {
            try {
                MessageHeader header = begin(in, next.solicited(), next.body());
                if (!in.link.share().admits(header.heldLength())) {
                    break;
                }
                in.aside.remove();
                add(in, next.body());
            } catch (ProtocolException e) {
                in.aside.clear();
                in.link.violated(e);
            }
        }
        end(in);
        tell(in);
        return in.aside.isEmpty();
    }

    private void takeIn(Inbound in) {
        Arrivals arrivals = in.arrivals;
        try {
            for (int i = 0; i < arrivals.count(); i++) {
                hash(in, arrivals.get(i));
            }
            admission.decide(in, arrivals);
        } finally {
            arrivals.clear();
        }
    }

    private static void hash(Inbound in, Arrival arrival) {
        MessageHeader header = arrival.header;
        if (header.codec == 0) {
            ByteBuffer body = arrival.body;
            int start = body.position();
            in.hasher.hash(header.topic, header.nonce, body.position(header.payloadOffset), arrival.id);
            body.position(start);
        } else {
            in.hasher.hash(header.topic, header.nonce, in.raw(header.rawLength), arrival.id);
        }
    }
}
