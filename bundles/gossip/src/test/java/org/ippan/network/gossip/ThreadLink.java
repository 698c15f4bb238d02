// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.FakeTarget.Frame;

/**
 * One end of a link between real cores on real threads. Its I/O thread reads a batch, then pulls one and hands it to
 * the other end if that has room.
 */
class ThreadLink implements PeerLink, Runnable {

    private static final int BATCHES = 4;
    private static final int FILL_BYTES = 64 * 1024;
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

    volatile FrameReceiver receiver;
    volatile ThreadLink other;

    private final PeerId peer;
    private final Queue<OutboundFrame> control = new ConcurrentLinkedQueue<>();
    private final Queue<List<Frame>> inbox = new ArrayBlockingQueue<>(BATCHES);
    /** What is left of a batch: reading stops before the next frame. */
    private final Queue<Frame> batch = new ArrayDeque<>();
    private List<Frame> held;
    private Fill underWay;
    private volatile boolean awake;
    private volatile boolean reading = true;
    private volatile boolean closed;

    ThreadLink(PeerId peer) {
        this.peer = peer;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                boolean busy = read();
                busy |= write();
                if (!busy) {
                    LockSupport.parkNanos(PAUSE);
                }
            }
            receiver.down();
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean read() throws ProtocolException {
        if (batch.isEmpty() && reading) {
            List<Frame> next = inbox.poll();
            batch.addAll(next == null ? List.of() : next);
        }
        boolean some = false;
        while (reading && !batch.isEmpty()) {
            Frame frame = batch.remove();
            receiver.frame(frame.type(), frame.flags(), ByteBuffer.wrap(frame.body()));
            some = true;
        }
        if (some) {
            receiver.readComplete();
        }
        return some;
    }

    private boolean write() {
        if (held == null) {
            pull();
        }
        if (held == null || !other.inbox.offer(held)) {
            return false;
        }
        held = null;
        if (underWay != null) {
            underWay.taken();
            underWay = null;
        }
        return true;
    }

    private void pull() {
        OutboundFrame first = control.poll();
        if (first != null) {
            held = List.of(new Frame(first.type(), 0, first.body()));
        } else if (awake) {
            awake = false;
            FakeTarget target = new FakeTarget(FILL_BYTES);
            underWay = receiver.fill(target, FrameClass.LOW);
            awake |= underWay != null;
            held = underWay == null ? null : target.frames();
        }
    }

    @Override
    public boolean offer(OutboundFrame frame) {
        return control.add(frame);
    }

    @Override
    public void wake() {
        awake = true;
    }

    @Override
    public void readable(boolean on) {
        reading = on;
    }

    @Override
    public void close(GoodbyeReason reason, String text) {
        closed = true;
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public boolean isMember() {
        return true;
    }

    @Override
    public boolean dialled() {
        return true;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public int maxMessageBytes() {
        return 1 << 20;
    }

    @Override
    public int codecs() {
        return 0;
    }

    @Override
    public long roundTripNanos() {
        return 100_000;
    }

    @Override
    public long timeoutNanos() {
        return TimeUnit.SECONDS.toNanos(1);
    }
}
