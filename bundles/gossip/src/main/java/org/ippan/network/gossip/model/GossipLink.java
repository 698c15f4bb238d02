// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.wire.MessageCodec;

/** What gossip knows of one link, whichever part decided it. Safe for any thread unless said otherwise. */
public final class GossipLink {

    private final PeerLink link;
    private final int slot;
    private final MessageCodec.Limits limits;
    private final Room.Share share;
    private final Services services;

    private volatile PeerStandingHandle standing;
    private volatile boolean eager = true;
    private volatile boolean feeding = true;
    private volatile Patience patience = Patience.WAITS;
    private volatile boolean unsettling;
    private volatile boolean leftOut;
    private volatile boolean paused;
    private volatile boolean renewing;
    private volatile boolean up = true;
    /** Links whose publishers send everything to this peer themselves, and links of its neighbours; a bit each. */
    private volatile long served;
    private volatile long neighbours;
    private volatile boolean enclosed;
    private final AtomicBoolean withholding = new AtomicBoolean();

    /** A link that came up: its number, what its peer may send, its share of the room, and what is known of peers. */
    public GossipLink(PeerLink link, int slot, MessageCodec.Limits limits, Room.Share share, Services services) {
        this.link = link;
        this.slot = slot;
        this.limits = limits;
        this.share = share;
        this.services = services;
        this.standing = services.standing(link.peer());
    }

    /** A number for the link, small, unique while it is up. */
    public int slot() {
        return slot;
    }

    /** Its bit in sets of 64 links; 0 if it has none. */
    public long bit() {
        return slot < Long.SIZE ? 1L << slot : 0;
    }

    /** Who is at the other end. */
    public PeerId peer() {
        return link.peer();
    }

    /** Whether this end opened it. */
    public boolean dialled() {
        return link.dialled();
    }

    /** What messages of the peer are checked against. */
    public MessageCodec.Limits limits() {
        return limits;
    }

    /** The codecs both ends named when the link came up, as in HELLO. */
    public int codecs() {
        return limits.codecs();
    }

    /** Longest payload the peer takes. */
    public int maxMessageBytes() {
        return link.maxMessageBytes();
    }

    /** What its messages use of the room for those that wait. */
    public Room.Share share() {
        return share;
    }

    /** How long an answer takes. */
    public long roundTripNanos() {
        return link.roundTripNanos();
    }

    /** How much older a message is when it comes than its sender said. */
    public long halfRoundTripMillis() {
        return TimeUnit.NANOSECONDS.toMillis(link.roundTripNanos() / 2);
    }

    /** After how long an answer is late. */
    public long timeoutNanos() {
        return link.timeoutNanos();
    }

    /** Takes a control frame for the peer. Whether the queue took it. */
    public boolean offer(OutboundFrame frame) {
        return up && link.offer(frame);
    }

    /** There is something for the peer to be pulled. */
    public void wake() {
        if (up) {
            link.wake();
        }
    }

    /** Reads the peer, or reads it no more for now. */
    public void readable(boolean on) {
        link.readable(on);
    }

    /** Ends it, and says why. */
    public void close(GoodbyeReason reason, String text) {
        link.close(reason, text);
    }

    /** A codec the peer may use is gone here: a new link does without it, and the peer tells what was missed. */
    public void renew() {
        if (!renewing) {
            renewing = true;
            link.close(GoodbyeReason.RESTARTING, "a codec is not here any more");
        }
    }

    /** The peer broke the protocol, which was noticed only after its frame was taken. */
    public void violated(ProtocolException violation) {
        services.metrics.recordMessageDropped(DropReason.MALFORMED);
        standing.recordInvalid(Cause.PROTOCOL_ERROR);
        link.close(GoodbyeReason.PROTOCOL_ERROR, violation.getMessage());
    }

    /** Whether it has not ended. */
    public boolean isUp() {
        return up;
    }

    /** It ended. Whether that is news. */
    public synchronized boolean end() {
        boolean was = up;
        up = false;
        return was;
    }

    /** Whether bodies are sent to the peer at once; if not, they are announced. */
    public boolean isEager() {
        return eager;
    }

    /** Has bodies sent to the peer, or announcements only. */
    public void eager(boolean on) {
        eager = on;
    }

    /** Whether the peer sends bodies at once, as far as can be told: neither end asked for announcements only. */
    public boolean isFeeding() {
        return feeding;
    }

    /** Notes whether the peer sends bodies at once. */
    public void feeding(boolean on) {
        feeding = on;
    }

    /** Whether the peer is known to belong to the network. */
    public boolean isMember() {
        return link.isMember();
    }

    /** Whether the node does not wait for the peer: it held others up for too long, or is a stranger that may not. */
    public boolean isSlow() {
        return patience != Patience.WAITS;
    }

    /** Whether the node waits for the peer, and if not, why. */
    public Patience patience() {
        return patience;
    }

    /** Has the peer waited for, or not. */
    public void patience(Patience now) {
        patience = now;
    }

    /** Whether the peer left others' messages unsettled for so long that the node does not wait for that. */
    public boolean isUnsettling() {
        return unsettling;
    }

    /** Notes whether the node does not wait for the peer to settle messages. */
    public void unsettling(boolean on) {
        unsettling = on;
    }

    /** Whether others do not wait for the peer, a stranger, until it is seen whether it keeps up. */
    public boolean isLeftOut() {
        return leftOut;
    }

    /** Leaves the peer out of those that others wait for, or takes it in again. */
    public void leaveOut(boolean on) {
        leftOut = on;
    }

    /** Whether the peer is not read for now. */
    public boolean isPaused() {
        return paused;
    }

    /** Notes whether the peer is not read. */
    public void paused(boolean on) {
        paused = on;
    }

    /** The links of publishers that send everything to this peer themselves, a bit each. */
    public long served() {
        return served;
    }

    /** Notes the links of publishers that send the peer everything. */
    public void served(long links) {
        served = links;
    }

    /** The links of peers that this peer is linked to as well, a bit each. */
    public long neighbours() {
        return neighbours;
    }

    /** Notes the links of peers that this peer is linked to. */
    public void neighbours(long links) {
        neighbours = links;
    }

    /** What is known of the peer. */
    public PeerStandingHandle standing() {
        return standing;
    }

    /** The reputation service came, changed or went. */
    public void standing(PeerStandingHandle handle) {
        standing = handle;
    }

    /** Whether all peers of this peer are peers of this node. */
    public boolean isEnclosed() {
        return enclosed;
    }

    /** Notes whether all peers of this peer are peers of this node. */
    public void enclosed(boolean on) {
        enclosed = on;
    }

    /**
     * Whether what this node publishes is sent to the peer at once. Where all the peer's others are this node's too, it
     * is so though bodies of others are announced: each publisher's messages keep to one way, and to their order.
     */
    public boolean sendsOwn() {
        return eager || enclosed && neighbours != 0;
    }

    /**
     * Whether what this peer had from one of its peers is not to be given to another of them: all send that one
     * everything, and where they fail this peer does. It is noted: others may have to be told later.
     *
     * @param to another peer
     * @param served the links of those that send it everything, a bit each
     */
    public boolean withholds(GossipLink to, long served) {
        long its = neighbours;
        boolean all = enclosed && (its & to.bit()) != 0 && (its & ~to.bit() & ~served) == 0;
        if (all && !withholding.get()) {
            withholding.set(true);
        }
        return all;
    }

    /** Whether something of this peer was not given to others since this was asked last. */
    public boolean tookToWithholding() {
        return withholding.get() && withholding.getAndSet(false);
    }

    /** Whether nothing may be given to the peer. */
    public boolean isBanned() {
        return standing.standing() == Standing.BANNED;
    }
}
