// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.settings.TransportSettings.Queues;

/**
 * What waits to be sent to one peer: four classes, strict, but after 16 frames of one class a frame of the next lower
 * one has its turn. Bounded in bytes and frames, what the socket has not taken yet included; the last quarter is kept
 * for CONTROL and HIGH. Full, a frame pushes out the oldest of the lowest class below its own, and CONTROL only yields
 * to nothing: it is refused when there is nothing but CONTROL.
 * {@link #offer} is for any thread, without a lock; {@link #poll}, {@link #done} and {@link #relieved} are for the
 * event loop. A queue that is empty takes a frame of any length, so that none is too long to be sent at all.
 */
public final class OutboundQueue {

    private static final FrameClass[] CLASSES = FrameClass.values();
    /** Frames of a class in a row while a lower one waits. */
    private static final int TURNS = 16;
    /** Full is a queue of which no more than this part is free. */
    private static final int FULL_PART = 16;

    private final OutboundBudget budget;
    private final Consumer<OutboundFrame> onDropped;
    private final Lane[] lanes = new Lane[CLASSES.length];
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger frames = new AtomicInteger();
    private volatile Queues limits;
    private volatile boolean congested;
    private volatile boolean refusing;
    private volatile boolean dead;

    /** The frames of one class: {@link OutboundFrame}s, or {@link Solicited} around them. */
    private static final class Lane extends ConcurrentLinkedQueue<Object> {

        private static final long serialVersionUID = 1;

        /** Taken in a row, by the event loop. */
        private int turns;
    }

    /** A frame that was asked for. */
    record Solicited(OutboundFrame frame) {
    }

    /**
     * An empty queue.
     *
     * @param onDropped told of frames pushed out, by the thread that offered a more urgent one
     */
    public OutboundQueue(Queues limits, OutboundBudget budget, Consumer<OutboundFrame> onDropped) {
        this.limits = limits;
        this.budget = budget;
        this.onDropped = onDropped;
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane();
        }
    }

    public void limits(Queues changed) {
        limits = changed;
    }

    /** Takes a frame, or says no and keeps nothing of it. */
    public boolean offer(OutboundFrame frame, boolean solicited) {
        FrameClass urgency = frame.frameClass();
        if (refusing || urgency != FrameClass.CONTROL && budget.spent() || !reserve(frame)) {
            return false;
        }
        budget.retain(frame);
        lanes[urgency.ordinal()].add(solicited ? new Solicited(frame) : frame);
        if (dead) {
            clear();
            return false;
        }
        return true;
    }

    /** Counts the frame in, pushing out others if it must. */
    private boolean reserve(OutboundFrame frame) {
        int length = frame.length();
        long newBytes = bytes.addAndGet(length);
        int newFrames = frames.incrementAndGet();
        Queues limit = limits;
        boolean reserved = frame.frameClass().compareTo(FrameClass.HIGH) > 0;
        while (newFrames > 1 && over(newBytes, newFrames, limit, reserved)) {
            if (!pushOutBelow(frame.frameClass())) {
                uncount(length);
                congested = true;
                return false;
            }
            newBytes = bytes.get();
            newFrames = frames.get();
        }
        if (newBytes >= limit.bytes() - limit.bytes() / 4 || newFrames >= limit.frames() - limit.frames() / 4) {
            congested = true;
        }
        return true;
    }

    private static boolean over(long bytes, int frames, Queues limit, boolean reserved) {
        return reserved
                ? bytes > limit.bytes() - limit.bytes() / 4 || frames > limit.frames() - limit.frames() / 4
                : bytes > limit.bytes() || frames > limit.frames();
    }

    private boolean pushOutBelow(FrameClass urgency) {
        for (int i = lanes.length - 1; i > urgency.ordinal(); i--) {
            Object oldest = lanes[i].poll();
            if (oldest != null) {
                OutboundFrame frame = frame(oldest);
                done(frame);
                onDropped.accept(frame);
                return true;
            }
        }
        return false;
    }

    /**
     * The next to be written.
     *
     * @param lowest the least urgent class to take it from
     * @return an {@link OutboundFrame} or a {@link Solicited} one; null if there is none
     */
    Object poll(FrameClass lowest) {
        int last = lowest.ordinal();
        for (int i = 0; i <= last; i++) {
            Lane lane = lanes[i];
            if (lane.turns >= TURNS && waits(i + 1, last)) {
                lane.turns = 0;
                continue;
            }
            Object next = lane.poll();
            if (next != null) {
                lane.turns++;
                return next;
            }
            lane.turns = 0;
        }
        return waits(0, last) ? poll(lowest) : null;
    }

    private boolean waits(int first, int last) {
        for (int i = first; i <= last; i++) {
            if (!lanes[i].isEmpty()) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return !waits(0, lanes.length - 1);
    }

    static OutboundFrame frame(Object polled) {
        return polled instanceof Solicited solicited ? solicited.frame() : (OutboundFrame) polled;
    }

    /** A frame that was polled has left: the socket took it, or it is given up. */
    void done(OutboundFrame frame) {
        uncount(frame.length());
        budget.release(frame);
    }

    private void uncount(int length) {
        bytes.addAndGet(-length);
        frames.decrementAndGet();
    }

    /** Whether bodies are better announced, by this queue's own filling. */
    public boolean congested() {
        return congested;
    }

    /** Whether there is hardly room for urgent bodies either. */
    public boolean full() {
        Queues limit = limits;
        return bytes.get() >= limit.bytes() - limit.bytes() / FULL_PART
                || frames.get() >= limit.frames() - limit.frames() / FULL_PART;
    }

    /** Ends congestion if the queue has fallen to a quarter. */
    public boolean relieved() {
        if (!congested) {
            return false;
        }
        Queues limit = limits;
        if (bytes.get() > limit.bytes() / 4 || frames.get() > limit.frames() / 4) {
            return false;
        }
        congested = false;
        return true;
    }

    public long bytes() {
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
        for (Lane lane : lanes) {
            for (Object left = lane.poll(); left != null; left = lane.poll()) {
                done(frame(left));
            }
        }
    }
}
