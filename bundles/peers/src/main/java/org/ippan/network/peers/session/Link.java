// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.chaos.FrameFault.LinkFault;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.fault.Faults;
import org.ippan.network.peers.fault.Impairment;
import org.ippan.network.peers.wire.Hello;

/** An established connection as the protocols see it. */
public final class Link implements PeerLink {

    /** A peer that does not read sends a PING every 2 s. */
    private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PeerId peer;
    private final Connection connection;
    private final Hello theirs;
    private final int codecs;
    private final Executor decider;
    private final Closer closer;
    private final Receivers receivers;
    private final long upSince;
    private final boolean member;
    private final Heartbeat heartbeat = new Heartbeat();
    private final Consumer<String> violated;
    private volatile boolean wanted = true;
    private volatile Impairment impairment;

    /** Carries out what a protocol decided about its link. */
    @FunctionalInterface
    public interface Closer {
        void close(GoodbyeReason reason, String text);
    }

    /** A connection whose handshake is over; with a member or with a stranger. */
    public Link(Session session, boolean member, Executor decider, Closer closer, Receivers receivers, long upSince) {
        this.member = member;
        this.connection = session.connection();
        this.violated = session::violated;
        this.theirs = session.theirs();
        this.codecs = theirs.codecs() & session.handshake().codecs();
        this.peer = theirs.peerId();
        this.decider = decider;
        this.closer = closer;
        this.receivers = receivers;
        this.upSince = upSince;
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public boolean dialled() {
        return connection.dialled();
    }

    @Override
    public boolean isMember() {
        return member;
    }

    @Override
    public boolean offer(OutboundFrame frame) {
        return connection.offer(frame);
    }

    @Override
    public void wake() {
        connection.wake();
    }

    @Override
    public long queuedBytes() {
        return connection.queuedBytes();
    }

    @Override
    public int maxMessageBytes() {
        return theirs.maxMessage();
    }

    @Override
    public int codecs() {
        return codecs;
    }

    @Override
    public long roundTripNanos() {
        return heartbeat.smoothedNanos();
    }

    @Override
    public long timeoutNanos() {
        return heartbeat.timeoutNanos();
    }

    @Override
    public void readable(boolean on) {
        wanted = on;
        Impairment before = impairment;
        if (before == null) {
            connection.readable(on);
        } else {
            before.readable(on);
        }
    }

    /** Deciding thread: has what there is of faults befall this link, or nothing any more. */
    public void impair(Faults faults) {
        LinkFault fault = faults.on(peer);
        if (fault == null && impairment == null) {
            return;
        }
        Impairment before = impairment != null ? impairment
                : new Impairment(faults, connection, () -> wanted, violated, () -> receivers.impair(null));
        impairment = before;
        connection.execute(() -> {
            if (fault != null) {
                receivers.impair(before);
            }
            before.by(fault);
        });
    }

    @Override
    public void close(GoodbyeReason reason, String text) {
        decider.execute(() -> closer.close(reason, text));
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    public Receivers receivers() {
        return receivers;
    }

    /** Whether this node did not read all the time since then. */
    public boolean wasPausedAfter(long nanos) {
        return connection.lastPausedNanos() - nanos > 0;
    }

    /** Any thread: whether the peer gave a sign of life lately, or this node did not read and cannot tell. */
    public boolean isAlive(long now) {
        long since = now - Math.max(ALIVE_NANOS, timeoutNanos());
        return lastReadNanos() - since >= 0 || wasPausedAfter(since);
    }

    public long lastReadNanos() {
        return connection.lastReadNanos();
    }

    /** When the link was established, as a ticker reading. */
    public long upSince() {
        return upSince;
    }

    Hello theirs() {
        return theirs;
    }
}
