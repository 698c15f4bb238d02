// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * The control frames that wait to be sent to one peer, first in, first out. Bounded, as a peer makes others answer it
 * and may read nothing of that. Those of all peers together are bounded by the memory, and a little is certain to each.
 * {@link #offer} is for any thread, without a lock; {@link #poll} is for the event loop.
 */
public final class ControlQueue {

    /** Some 25 of the longest frames. */
    static final int MAX_BYTES = 1024 * 1024;
    /** The shortest frames of a second at the rate a peer heeds by default. */
    static final int MAX_FRAMES = 4096;
    /** What a queue may hold however much the others do: a frame, and many short ones. With little memory fewer. */
    static final int CERTAIN_BYTES = 64 * 1024;
    private static final int CERTAIN_PART = 64;
    /** What a frame takes beside its bytes. */
    static final int FRAME_BYTES = 96;

    private final ConcurrentLinkedQueue<OutboundFrame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder dropped;
    private final Room all;
    private volatile boolean refusing;
    private volatile boolean dead;

    /** What the queues of all connections hold. Safe for any thread. */
    public static final class Room {

        private final AtomicLong bytes = new AtomicLong();
        private final long most;
        private final long certain;

        /** Room for so many bytes. */
        public Room(long most) {
            this.most = most;
            this.certain = Math.min(CERTAIN_BYTES, most / CERTAIN_PART);
        }
    }

    /**
     * An empty queue.
     *
     * @param dropped counts frames it had no room for
     * @param all what all queues hold
     */
    public ControlQueue(LongAdder dropped, Room all) {
        this.dropped = dropped;
        this.all = all;
    }

    /** Takes a frame, or says no and keeps nothing of it. */
    public boolean offer(OutboundFrame frame) {
        if (refusing) {
            return false;
        }
        long newBytes = bytes.addAndGet(frame.length());
        int newCount = count.incrementAndGet();
        boolean full = all.bytes.addAndGet(frame.length() + FRAME_BYTES) > all.most
                && newBytes + (long) newCount * FRAME_BYTES > all.certain && newCount > 1;
        if (full || newBytes > MAX_BYTES || newCount > MAX_FRAMES) {
            uncount(frame);
            dropped.increment();
            return false;
        }
        frames.add(frame);
        if (dead) {
            clear();
            return false;
        }
        return true;
    }

    private void uncount(OutboundFrame frame) {
        bytes.addAndGet(-frame.length());
        all.bytes.addAndGet(-frame.length() - FRAME_BYTES);
        count.decrementAndGet();
    }

    /** The next to be written, taken out; null if there is none. */
    OutboundFrame poll() {
        OutboundFrame frame = frames.poll();
        if (frame != null) {
            uncount(frame);
        }
        return frame;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    long bytes() {
        return bytes.get();
    }

    /** Takes nothing more; what there is may still be sent. */
    public void refuse() {
        refusing = true;
    }

    /** Takes nothing more and gives up what there is. */
    public void kill() {
        refusing = true;
        dead = true;
        clear();
    }

    private void clear() {
        while (poll() != null) {
            // each poll counts a frame out
        }
    }
}
