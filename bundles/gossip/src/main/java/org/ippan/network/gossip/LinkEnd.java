// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.rate.RateLimit;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.receive.Inbound;
import org.ippan.network.gossip.relay.TreeLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.Fetch;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Probe;
import org.ippan.network.gossip.wire.SettleCodec;

/**
 * Gossip's end of one link. Frames come on the link's I/O thread; messages are handled there, everything else is
 * decoded there and handed to the relay.
 */
final class LinkEnd implements FrameReceiver {

    /** A peer asks for what is missing of a whole log at once, and seldom. */
    private static final int FETCHES_PER_SECOND = 8;
    /** Messages a peer asks whether they are settled, and those it tells of. */
    private static final int SETTLED_PER_SECOND = 20_000;
    private static final long STRANGERS_LATE = TimeUnit.MILLISECONDS.toNanos(100);
    /** What a frame takes while it waits for the relay, and each of its ids besides, about. */
    private static final int BYTES_WAITING = 64;

    private final Takers takers;
    private final GossipContext context;
    private final GossipLink link;
    private final Inbound inbound;
    private final Outbound outbound;
    private final TreeLink tree;
    private final Runnable onDown;
    private final Room.Share backlog;
    private final RateLimit announcedRate;
    private final RateLimit wantedRate;
    private final RateLimit graftRate;
    private final RateLimit fetchRate;
    private final RateLimit settleRate;
    private final RateLimit settledRate;
    private final Map<FrameType, Control> controls = controls();
    /** What the peer said of its neighbours, until the relay looks at it. */
    private final AtomicReference<Neighbourhood> lastTold = new AtomicReference<>();
    private boolean offended;
    /** Null until something is lost on purpose. */
    private Losses losses;

    /**
     * What is done with frames of one type. There are more than the compiler puts in line, so that each is compiled by
     * itself, and what is rare does not make the way of messages long.
     */
    private interface Control {

        void take(ByteBuffer body) throws ProtocolException;
    }

    /**
     * An end of a link that came up.
     *
     * @param takers are told what comes
     * @param inbound what its messages need
     * @param outbound what goes out over it
     * @param tree what the tree remembers of it
     * @param onDown told once, when it ends
     */
    LinkEnd(Takers takers, Inbound inbound, Outbound outbound, TreeLink tree, Runnable onDown) {
        this.takers = takers;
        this.context = takers.context();
        this.link = inbound.link();
        this.inbound = inbound;
        this.outbound = outbound;
        this.tree = tree;
        this.onDown = onDown;
        this.backlog = context.backlog.share(link.dialled());
        long now = context.nanos();
        this.announcedRate = new RateLimit(() -> context.settings().rates().announced(), now);
        this.wantedRate = new RateLimit(() -> context.settings().rates().wanted(), now);
        this.graftRate = new RateLimit(() -> context.settings().rates().grafts(), now);
        this.fetchRate = new RateLimit(() -> FETCHES_PER_SECOND, now);
        this.settleRate = new RateLimit(() -> SETTLED_PER_SECOND, now);
        this.settledRate = new RateLimit(() -> SETTLED_PER_SECOND, now);
        takers.ends().up(this);
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        if (type == FrameType.GOSSIP) {
            takers.intake().message(inbound, (flags & FrameType.SOLICITED) != 0, body);
        } else {
            Control control = controls.get(type);
            if (control != null) {
                control.take(body);
            }
        }
    }

    private Map<FrameType, Control> controls() {
        Map<FrameType, Control> all = new EnumMap<>(FrameType.class);
        all.put(FrameType.IHAVE, body -> announced(ControlCodec.announcements(body, link.limits().maxMessageBytes())));
        all.put(FrameType.IWANT, body -> wanted(ControlCodec.ids(body)));
        all.put(FrameType.MISSING, body -> missing(ControlCodec.ids(body)));
        all.put(FrameType.GRAFT, body -> grafted(ControlCodec.graft(body)));
        all.put(FrameType.PRUNE, body -> {
            int backoffSeconds = ControlCodec.prune(body);
            post(1, () -> takers.tree().pruned(tree, backoffSeconds));
        });
        all.put(FrameType.PROBE, body -> {
            Probe probe = Probe.decode(body);
            post(1, () -> takers.tree().probed(tree, probe));
        });
        all.put(FrameType.NEIGHBOURS, body -> told(Neighbourhood.decode(body, context.mostNeighbours())));
        all.put(FrameType.ACK, body -> outbound.unsettled().acknowledged(Ack.decode(body), pressedBefore()));
        all.put(FrameType.FETCH, body -> fetched(Fetch.decode(body)));
        all.put(FrameType.SETTLE, body -> settle(SettleCodec.questions(body)));
        all.put(FrameType.SETTLED, body -> settled(SettleCodec.answers(body)));
        return all;
    }

    @Override
    public void readComplete() throws ProtocolException {
        takers.intake().readComplete(inbound);
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        return outbound.fill(target, lowest);
    }

    @Override
    public void lostInbound(int flags, ByteBuffer body) throws ProtocolException {
        losses().inbound(body);
    }

    @Override
    public void lostOutbound(int flags, ByteBuffer body) {
        losses().outbound((flags & FrameType.SOLICITED) != 0, body);
    }

    private Losses losses() {
        if (losses == null) {
            losses = new Losses(takers, inbound, outbound);
        }
        return losses;
    }

    /**
     * Up to when what was sent may be short of room at the peer. A stranger's word alone would hold publishers to what
     * one round trip brings: it counts only where the stranger settles late, and then so does what it may cost.
     */
    private long pressedBefore() {
        long now = context.nanos();
        return link.isMember() ? now : now - STRANGERS_LATE - link.roundTripNanos();
    }

    /** It says all anew each time: while the relay has other work the last one takes the place of those before. */
    private void told(Neighbourhood news) {
        if (context.serving() && lastTold.getAndSet(news) == null) {
            context.relay.post(() -> takers.neighbours().told(link, lastTold.getAndSet(null)));
        }
    }

    private void announced(List<Announcement> announcements) {
        if (within(announcedRate, announcements.size())) {
            post(announcements.size(), () -> takers.wanted().announced(link, announcements));
        }
    }

    private void wanted(List<MessageId> ids) {
        if (within(wantedRate, ids.size())) {
            context.counters.wantedReceived.add(ids.size());
            answer(ids.size(), () -> takers.serving().wanted(outbound, ids));
        }
    }

    private void missing(List<MessageId> ids) {
        if (within(wantedRate, ids.size())) {
            post(ids.size(), () -> takers.wanted().missing(link, ids));
        }
    }

    private void grafted(MessageId id) {
        if (within(graftRate, 1)) {
            answer(1, () -> takers.tree().grafted(tree, id));
        }
    }

    private void fetched(Fetch fetch) {
        if (within(fetchRate, 1)) {
            answer(1, () -> takers.neighbours().fetched(outbound, fetch));
        }
    }

    private void settle(List<SettleCodec.Question> questions) {
        if (isAllowed(settleRate, questions.size())) {
            post(questions.size(), () -> takers.settlements().asked(link, questions));
        }
    }

    private void settled(List<SettleCodec.Answer> answers) {
        if (isAllowed(settledRate, answers.size())) {
            post(answers.size(), () -> takers.settlements().answered(link, answers));
        }
    }

    /** Whether a rate is kept that an honest peer may exceed, as it passes on what many publishers ask. */
    private boolean isAllowed(RateLimit rate, int count) {
        boolean allowed = rate.allow(count, context.nanos());
        if (!allowed) {
            context.counters.overRate.add(count);
        }
        return allowed;
    }

    /** What a peer asks for is sent while there is time: a node that stops must not take it along. */
    private void answer(int count, Runnable work) {
        if (context.answers()) {
            hand(count, work);
        }
    }

    /** Nothing is done for a node that does not serve: what peers want to know they say again. */
    private void post(int count, Runnable work) {
        if (context.serving()) {
            hand(count, work);
        }
    }

    /** What the relay cannot follow with is ignored, beyond the share of the link. */
    private void hand(int count, Runnable work) {
        int bytes = (1 + count) * BYTES_WAITING;
        if (backlog.admits(bytes)) {
            backlog.take(bytes);
            context.relay.post(() -> {
                backlog.giveBack(bytes);
                work.run();
            });
        } else {
            context.counters.overRate.add(count);
        }
    }

    /** Whether a rate is kept; after 30 s over it the link is closed. */
    private boolean within(RateLimit rate, int count) {
        if (isAllowed(rate, count)) {
            return true;
        }
        if (rate.isOffence() && !offended) {
            offended = true;
            link.standing().recordFailure(Cause.RATE_LIMIT);
            link.close(GoodbyeReason.RATE_LIMIT, "ids over their rate for 30 s");
        }
        return false;
    }

    @Override
    public void down() {
        if (link.end()) {
            takers.ends().down(this);
            onDown.run();
        }
    }

    /** What gossip knows of the link. */
    GossipLink link() {
        return link;
    }

    /** What goes out over it. */
    Outbound outbound() {
        return outbound;
    }
}
