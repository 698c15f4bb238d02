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
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.ManualScheduler;

/**
 * One end of a simulated link: a bounded queue that gives a frame to the other end at a settable pace, not while the
 * other end does not read.
 */
final class FakeLink implements PeerLink {

    private record Queued(OutboundFrame frame, boolean solicited) {
    }

    private record Sent(FrameType type, boolean solicited, ByteBuffer body) {
    }

    final PeerId peer;
    final boolean dialled;
    /** Everything given to the other end, in order. */
    final List<OutboundFrame> carried = new ArrayList<>();
    /** Frames the queue drops instead of sending. */
    Predicate<OutboundFrame> lossy = frame -> false;
    int queueFrames = 8192;
    Duration frameTime = Duration.ZERO;
    Duration delay = Duration.ofMillis(5);
    Duration roundTrip = Duration.ofMillis(10);
    int maxMessageBytes = 1 << 20;
    int codecs;
    boolean forcedCongestion;
    GoodbyeReason closed;
    ProtocolException offence;
    /** Who hears of this end's frames: null while it has no handler. */
    FrameReceiver receiver;
    FakeLink other;

    private final ManualScheduler time;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final ArrayDeque<Sent> arrived = new ArrayDeque<>();
    private boolean congested;
    private boolean draining;
    private boolean reading = true;

    FakeLink(ManualScheduler time, PeerId peer, boolean dialled) {
        this.time = time;
        this.peer = peer;
        this.dialled = dialled;
    }

    @Override
    public boolean offer(OutboundFrame frame, boolean solicited) {
        boolean body = frame.frameClass() != FrameClass.CONTROL;
        if (closed != null || body && queue.size() >= queueFrames) {
            return false;
        }
        if (lossy.test(frame)) {
            time.execute(() -> receiver.dropped(frame));
            return true;
        }
        queue.add(new Queued(frame, solicited));
        congested |= queue.size() >= queueFrames * 3 / 4;
        drain();
        return true;
    }

    private void drain() {
        if (!draining) {
            draining = true;
            time.schedule(this::next, frameTime.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void next() {
        draining = false;
        if (queue.isEmpty() || other.arrived.size() > 64) {
            return;
        }
        Queued first = queue.remove();
        Sent sent = new Sent(first.frame.type(), first.solicited, bodyOf(first.frame, time.nanos()));
        if (congested && queue.size() <= queueFrames / 4) {
            congested = false;
            time.execute(() -> receiver.writable());
        }
        if (receiver != null && first.frame.id() != null) {
            receiver.written(first.frame);
        }
        carried.add(first.frame);
        time.schedule(() -> other.arrive(sent), delay.toNanos(), TimeUnit.NANOSECONDS);
        if (!queue.isEmpty()) {
            drain();
        }
    }

    private void arrive(Sent frame) {
        arrived.add(frame);
        read();
    }

    private void read() {
        while (reading && !arrived.isEmpty() && closed == null) {
            Sent first = arrived.remove();
            give(first.type, first.solicited ? FrameType.SOLICITED : 0, first.body);
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
            } catch (ProtocolException e) {
                offence = e;
                close(GoodbyeReason.PROTOCOL_ERROR, e.getMessage());
            }
        }
    }

    static ByteBuffer bodyOf(OutboundFrame frame, long now) {
        ByteBuffer body = ByteBuffer.allocate(frame.head().length + frame.payload().length);
        body.put(frame.head()).put(frame.payload()).flip();
        if (frame.ageOffset() >= 0) {
            body.putInt(frame.ageOffset(), (int) frame.ageMillisAt(now));
        }
        return body;
    }

    long carried(FrameType type) {
        return carried.stream().filter(frame -> frame.type() == type).count();
    }

    boolean reads() {
        return reading;
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public boolean dialled() {
        return dialled;
    }

    @Override
    public boolean full() {
        return queue.size() >= queueFrames;
    }

    @Override
    public boolean congested() {
        return congested || forcedCongestion;
    }

    @Override
    public long queuedBytes() {
        return queue.stream().mapToLong(queued -> queued.frame.length()).sum();
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
            closed = reason;
            queue.clear();
            if (receiver != null) {
                receiver.down();
            }
        }
    }
}
