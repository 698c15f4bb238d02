// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/** One end of a link between real cores on real threads: a bounded queue, emptied by a thread of its own. */
final class ThreadLink implements PeerLink, Runnable {

    private static final int CAPACITY = 4096;

    private record Queued(OutboundFrame frame, boolean solicited) {
    }

    volatile FrameReceiver receiver;
    volatile ThreadLink other;

    private final PeerId peer;
    private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
    private final Semaphore reading = new Semaphore(1);
    private boolean paused;
    private volatile boolean congested;
    private volatile boolean closed;

    ThreadLink(PeerId peer) {
        this.peer = peer;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                Queued next = queue.poll(10, TimeUnit.MILLISECONDS);
                if (next == null) {
                    continue;
                }
                if (congested && queue.size() <= CAPACITY / 4) {
                    congested = false;
                    receiver.writable();
                }
                receiver.written(next.frame);
                other.reading.acquire();
                other.reading.release();
                other.receiver.frame(next.frame.type(), next.solicited ? FrameType.SOLICITED : 0,
                        FakeLink.bodyOf(next.frame, System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean offer(OutboundFrame frame, boolean solicited) {
        if (frame.id() != null && queue.size() >= CAPACITY) {
            return false;
        }
        queue.add(new Queued(frame, solicited));
        congested |= queue.size() >= CAPACITY * 3 / 4;
        return true;
    }

    @Override
    public synchronized void readable(boolean on) {
        if (on && paused) {
            reading.release();
        } else if (!on && !paused) {
            reading.acquireUninterruptibly();
        }
        paused = !on;
    }

    @Override
    public boolean full() {
        return queue.size() >= CAPACITY;
    }

    @Override
    public boolean congested() {
        return congested;
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
