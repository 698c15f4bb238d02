// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.testkit.ManualScheduler;

/**
 * One end of a simulated link: it sends control frames and then what it pulls, a frame at a time at a settable pace,
 * and no more while the other end does not read. A fill is taken when its last frame was sent.
 */
final class FakeLink implements PeerLink {

    /** Frames the other end has got and not read, beyond which nothing more is sent. */
    private static final int WINDOW = 64;

    final PeerId peer;
    final boolean dialled;
    /** Everything given to the other end, in order. */
    final List<Frame> carried = new ArrayList<>();
    /** Frames that never arrive, though the socket took them. */
    Predicate<Frame> lossy = frame -> false;
    /** Whether the queue of control frames is full. */
    boolean full;
    /** Announcements that were not taken. */
    int refused;
    int wakes;
    int fillBytes = 16 * 1024;
    Duration frameTime = Duration.ZERO;
    Duration delay = Duration.ofMillis(5);
    Duration roundTrip = Duration.ofMillis(10);
    int maxMessageBytes = 1 << 20;
    int codecs;
    /** Whether the peer is known to belong to the network. */
    boolean member = true;
    GoodbyeReason closed;
    ProtocolException offence;
    /** Who hears of this end's frames: null while it has no handler. */
    FrameReceiver receiver;
    FakeLink other;

    private final ManualScheduler time;
    private final ArrayDeque<Frame> queue = new ArrayDeque<>();
    private final ArrayDeque<Frame> pulled = new ArrayDeque<>();
    private final ArrayDeque<Frame> arrived = new ArrayDeque<>();
    private Fill underWay;
    private boolean stuck;
    private boolean draining;
    private boolean reading = true;

    FakeLink(ManualScheduler time, PeerId peer, boolean dialled) {
        this.time = time;
        this.peer = peer;
        this.dialled = dialled;
    }

    @Override
    public boolean offer(OutboundFrame frame) {
        if (closed != null || full) {
            refused += frame.type() == FrameType.IHAVE ? 1 : 0;
            return false;
        }
        queue.add(new Frame(frame.type(), 0, frame.body()));
        drain();
        return true;
    }

    @Override
    public void wake() {
        wakes++;
        drain();
    }

    /** Has the socket take no bodies, or take them again; control frames pass. */
    void stick(boolean on) {
        stuck = on;
        drain();
    }

    private void drain() {
        if (!draining && closed == null) {
            draining = true;
            time.schedule(this::next, frameTime.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void next() {
        draining = false;
        if (closed != null || other.arrived.size() > WINDOW) {
            return;
        }
        Frame first = queue.poll();
        if (first == null && !stuck) {
            first = pull();
        }
        if (first != null) {
            send(first);
            drain();
        }
    }

    private Frame pull() {
        if (pulled.isEmpty() && receiver != null) {
            FakeTarget target = new FakeTarget(fillBytes);
            underWay = receiver.fill(target, FrameClass.LOW);
            pulled.addAll(target.frames());
        }
        return pulled.poll();
    }

    private void send(Frame frame) {
        carried.add(frame);
        if (!lossy.test(frame)) {
            time.schedule(() -> other.arrive(frame), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
        if (pulled.isEmpty() && underWay != null) {
            Fill sent = underWay;
            underWay = null;
            sent.taken();
        }
    }

    private void arrive(Frame frame) {
        arrived.add(frame);
        read();
    }

    private void read() {
        while (reading && !arrived.isEmpty() && closed == null) {
            Frame first = arrived.remove();
            give(first.type(), first.flags(), first.bytes().duplicate());
        }
        if (reading) {
            other.drain();
        }
    }

    /** Gives a frame to this end's handler as if the other end had sent it. */
    void give(FrameType type, int flags, ByteBuffer body) {
        if (receiver != null) {
            try {
                receiver.frame(type, flags, body);
                receiver.readComplete();
            } catch (ProtocolException e) {
                offence = e;
                close(GoodbyeReason.PROTOCOL_ERROR, e.getMessage());
            }
        }
    }

    /** The same for a control frame. */
    void give(OutboundFrame frame) {
        give(frame.type(), 0, ByteBuffer.wrap(frame.body()));
    }

    long carried(FrameType type) {
        return carried.stream().filter(frame -> frame.type() == type).count();
    }

    /** The texts of the messages that were sent, in order. */
    List<String> texts() {
        return carried.stream().filter(frame -> frame.type() == FrameType.GOSSIP).map(Frame::text).toList();
    }

    boolean reads() {
        return reading;
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public boolean isMember() {
        return member;
    }

    @Override
    public boolean dialled() {
        return dialled;
    }

    @Override
    public long queuedBytes() {
        return queue.stream().mapToLong(frame -> FrameType.HEADER_LENGTH + frame.bytes().capacity()).sum();
    }

    @Override
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public int codecs() {
        return codecs;
    }

    @Override
    public long roundTripNanos() {
        return roundTrip.toNanos();
    }

    @Override
    public long timeoutNanos() {
        return TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void readable(boolean on) {
        reading = on;
        if (on) {
            time.execute(this::read);
        }
    }

    @Override
    public void close(GoodbyeReason reason, String text) {
        if (closed == null) {
            down(reason);
            other.down(reason);
        }
    }

    private void down(GoodbyeReason reason) {
        if (closed == null) {
            closed = reason == null ? GoodbyeReason.SHUTDOWN : reason;
            queue.clear();
            pulled.clear();
            underWay = null;
            if (receiver != null) {
                receiver.down();
            }
        }
    }
}
