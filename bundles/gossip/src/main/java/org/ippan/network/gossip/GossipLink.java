// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * Gossip's end of one link. Frames come on the link's I/O thread; messages are handled there, everything else is
 * decoded there and handed to the relay.
 */
final class GossipLink implements FrameReceiver {

    private static final double ANNOUNCED_PER_SECOND = 200_000;
    private static final double WANTED_PER_SECOND = 20_000;
    private static final double GRAFTS_PER_SECOND = 20;

    private final GossipCore core;
    private final PeerLink link;
    private final int slot;
    private final MessageCodec.Limits limits;
    private final Room.Share share;
    private final LinkState state;
    private final DeliveryOrder order;
    private final Inbound inbound;
    private final RateLimit announcedRate;
    private final RateLimit wantedRate;
    private final RateLimit graftRate;

    private boolean offended;
    private boolean renewing;
    private volatile PeerStandingHandle standing;
    private volatile boolean eager = true;
    private volatile boolean feeding = true;
    private volatile boolean slow;
    private volatile boolean up = true;

    /**
     * A link that came up.
     *
     * @param core what its frames are handed to
     * @param link the link
     * @param slot its number
     * @param maxMessageBytes longest payload allowed from the peer
     * @param networkTag what ids begin with
     */
    GossipLink(GossipCore core, PeerLink link, int slot, int maxMessageBytes, byte[] networkTag) {
        long now = core.context.ticker.nanos();
        this.core = core;
        this.link = link;
        this.slot = slot;
        this.limits = new MessageCodec.Limits(maxMessageBytes, link.codecs());
        this.share = core.room.new Share();
        this.state = new LinkState(slot, now);
        this.order = new DeliveryOrder(core.subscriptions::deliver);
        this.inbound = new Inbound(networkTag, now - TimeUnit.HOURS.toNanos(1));
        this.announcedRate = new RateLimit(ANNOUNCED_PER_SECOND, now);
        this.wantedRate = new RateLimit(WANTED_PER_SECOND, now);
        this.graftRate = new RateLimit(GRAFTS_PER_SECOND, now);
        this.standing = core.context.services.standing(link.peer());
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        switch (type) {
            case GOSSIP -> core.intake.message(this, (flags & FrameType.SOLICITED) != 0, body);
            case IHAVE -> announced(ControlCodec.announcements(body, limits.maxMessageBytes()));
            case IWANT -> wanted(ControlCodec.ids(body));
            case MISSING -> missing(ControlCodec.ids(body));
            case GRAFT -> grafted(ControlCodec.graft(body));
            case PRUNE -> {
                int backoffSeconds = ControlCodec.prune(body);
                post(() -> core.tree.pruned(this, backoffSeconds));
            }
            default -> { }
        }
    }

    private void announced(List<ControlCodec.Announcement> announcements) {
        if (within(announcedRate, announcements.size())) {
            post(() -> core.wanted.announced(this, announcements));
        }
    }

    private void wanted(List<MessageId> ids) {
        if (within(wantedRate, ids.size())) {
            core.context.counters.wantedReceived.add(ids.size());
            post(() -> core.serving.wanted(this, ids));
        }
    }

    private void missing(List<MessageId> ids) {
        if (within(wantedRate, ids.size())) {
            post(() -> core.wanted.missing(this, ids));
        }
    }

    private void grafted(MessageId id) {
        if (within(graftRate, 1)) {
            post(() -> core.tree.grafted(this, id));
        }
    }

    /** Nothing is done for a node that does not serve: what peers want to know they say again. */
    private void post(Runnable work) {
        if (core.context.serving()) {
            core.context.relay.post(work);
        }
    }

    /** Whether a rate is kept; after 30 s over it the link is closed. */
    private boolean within(RateLimit rate, int count) {
        if (rate.allow(count, core.context.ticker.nanos())) {
            return true;
        }
        core.context.counters.overRate.add(count);
        if (rate.isOffence() && !offended) {
            offended = true;
            standing.recordFailure(Cause.RATE_LIMIT);
            link.close(GoodbyeReason.RATE_LIMIT, "ids over their rate for 30 s");
        }
        return false;
    }

    @Override
    public void dropped(OutboundFrame frame) {
        if (frame.id() != null) {
            core.relay.dropped(this, frame);
        }
    }

    @Override
    public void written(OutboundFrame frame) {
        core.relay.written(this, frame);
    }

    @Override
    public void writable() {
        core.context.relay.post(() -> core.writable(this));
    }

    @Override
    public void down() {
        if (up) {
            up = false;
            core.down(this);
        }
    }

    /** Takes a frame for the peer. Whether the queue took it. */
    boolean offer(OutboundFrame frame) {
        return up && link.offer(frame, false);
    }

    boolean offerSolicited(OutboundFrame frame) {
        return up && link.offer(frame, true);
    }

    /** A codec the peer may use is gone here: a new link does without it, and the peer tells what was missed. */
    void renew() {
        if (!renewing) {
            renewing = true;
            link.close(GoodbyeReason.RESTARTING, "a codec is not here any more");
        }
    }

    /** The peer broke the protocol, which was noticed only after its frame was taken. */
    void violated(ProtocolException violation) {
        core.context.services.metrics.recordMessageDropped(DropReason.MALFORMED);
        standing.recordInvalid(Cause.PROTOCOL_ERROR);
        link.close(GoodbyeReason.PROTOCOL_ERROR, violation.getMessage());
    }

    /** What this end of the link needs to take messages in; confined to whoever reads the link. */
    Inbound inbound() {
        return inbound;
    }

    void readable(boolean on) {
        link.readable(on);
    }

    LinkState state() {
        return state;
    }

    Room.Share share() {
        return share;
    }

    DeliveryOrder order() {
        return order;
    }

    MessageCodec.Limits limits() {
        return limits;
    }

    int slot() {
        return slot;
    }

    /** The codecs both ends named when the link came up, as in HELLO. */
    int codecs() {
        return limits.codecs();
    }

    PeerId peer() {
        return link.peer();
    }

    boolean dialled() {
        return link.dialled();
    }

    boolean isUp() {
        return up;
    }

    boolean congested() {
        return link.congested();
    }

    /** Whether bodies of a priority are better sent than announced: a quarter of the queue is for urgent ones only. */
    boolean hasRoomFor(Priority priority) {
        return !(priority == Priority.HIGH ? link.full() : link.congested());
    }

    /** Whether the peer takes a payload of this length. */
    boolean takes(int length) {
        return length <= link.maxMessageBytes();
    }

    long roundTripNanos() {
        return link.roundTripNanos();
    }

    long timeoutNanos() {
        return link.timeoutNanos();
    }

    long halfRoundTripMillis() {
        return TimeUnit.NANOSECONDS.toMillis(link.roundTripNanos() / 2);
    }

    /** Whether bodies are sent to the peer at once; if not, they are announced. */
    boolean isEager() {
        return eager;
    }

    void eager(boolean on) {
        eager = on;
    }

    /** Whether the peer sends bodies at once, as far as can be told: neither end asked for announcements only. */
    boolean isFeeding() {
        return feeding;
    }

    void feeding(boolean on) {
        feeding = on;
    }

    /** Whether the peer has been slower than others for so long that nobody waits for it any more. */
    boolean isSlow() {
        return slow;
    }

    void slow(boolean on) {
        slow = on;
    }

    PeerStandingHandle standing() {
        return standing;
    }

    void standing(PeerStandingHandle handle) {
        standing = handle;
    }

    boolean isBanned() {
        return standing.standing() == Standing.BANNED;
    }
}
