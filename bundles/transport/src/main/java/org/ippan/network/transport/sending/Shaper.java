// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.rate.Pacer;

/**
 * Holds the frames of one connection back until the rates allow them: its own, and that of all connections together.
 * A timer of the event loop has the connection drained again when a turn has come.
 * Confined to the connection's event loop, but for {@link #isHolding()}.
 */
final class Shaper {

    /** Timers of an event loop are not finer. */
    private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private final Channel channel;
    private final Counters counters;
    private final Runnable wake;
    private final Place own = new Place();
    private final Place shared = new Place();
    private boolean on;
    /** How long until more may go than the last answer allowed; 0 if that was all. */
    private long waitNanos;
    private Future<?> timer;
    private long timerAt;
    private volatile boolean holding;
    private long heldSince;

    /** The connection's place at one pacer. */
    private static final class Place {

        private Pacer pacer = Pacer.OFF;
        /** Bytes left of the turn that has come. */
        private long left;
        /** Bytes sent beyond earlier turns: their time is taken, but it was no turn of this connection's. */
        private long debt;
        private boolean waiting;
        private long turnAt;

        void moveTo(Pacer other) {
            if (pacer != other) {
                leave();
                debt = 0;
                pacer = other;
            }
        }

        /** How long until bodies of any class may go. */
        long waitNanos(long now) {
            while (!pacer.isOff() && left == 0) {
                if (!waiting) {
                    waiting = true;
                    turnAt = pacer.turn(now);
                }
                if (turnAt - now > 0) {
                    return turnAt - now;
                }
                waiting = false;
                long repaid = Math.min(debt, pacer.turnBytes());
                debt -= repaid;
                pacer.giveBack(repaid);
                left = pacer.turnBytes() - repaid;
            }
            return 0;
        }

        void sent(FrameClass frameClass, int bytes, long now) {
            if (left == 0 && frameClass.compareTo(FrameClass.HIGH) <= 0) {
                pacer.passed(frameClass, bytes, now);
                return;
            }
            left -= bytes;
            if (left < 0) {
                pacer.exceeded(-left, now);
                debt -= left;
                left = 0;
            }
        }

        /** How much may go at once. */
        long room() {
            return pacer.isOff() ? Long.MAX_VALUE : left > 0 ? left : pacer.turnBytes();
        }

        /** Gives back what was not used. */
        void leave() {
            pacer.giveBack(waiting ? pacer.turnBytes() : left);
            waiting = false;
            left = 0;
        }
    }

    /**
     * Shapes nothing yet.
     *
     * @param wake has the connection drained, soon
     */
    Shaper(Channel channel, Counters counters, Runnable wake) {
        this.channel = channel;
        this.counters = counters;
        this.wake = wake;
    }

    /** Takes over rates; those that did not change go on as they were. */
    void apply(Pacer all, long ownBytesPerSecond, long now) {
        shared.moveTo(all);
        if (own.pacer.bytesPerSecond() != ownBytesPerSecond) {
            own.moveTo(new Pacer(ownBytesPerSecond, 0, now));
        }
        on = !own.pacer.isOff() || !shared.pacer.isOff();
        letGo(now);
    }

    /** The least urgent class of which a frame may go now. */
    FrameClass lowest(long now) {
        waitNanos = 0;
        if (!on) {
            return FrameClass.LOW;
        }
        long bodies = own.waitNanos(now);
        if (bodies == 0) {
            bodies = shared.waitNanos(now);
        }
        if (bodies == 0) {
            return FrameClass.LOW;
        }
        long high = Math.max(own.pacer.highWaitNanos(now), shared.pacer.highWaitNanos(now));
        waitNanos = high == 0 ? bodies : Math.min(bodies, high);
        return high == 0 ? FrameClass.HIGH : FrameClass.CONTROL;
    }

    /** How much of the bodies that {@link #lowest} allows may go at once, a longer frame excepted. */
    int room(int most) {
        return on ? (int) Math.min(most, Math.min(own.room(), shared.room())) : most;
    }

    /** Frames of one class go. */
    void sent(FrameClass frameClass, int bytes, long now) {
        if (on) {
            counters.bytesShaped.add(bytes);
            own.sent(frameClass, bytes, now);
            shared.sent(frameClass, bytes, now);
        }
    }

    /**
     * What there was to send was sent as far as the channel takes frames and this lets them.
     *
     * @param writable whether the channel would take more
     * @param empty whether nothing is left
     */
    void drained(boolean writable, boolean empty, long now) {
        if (!on) {
            return;
        }
        if (empty) {
            own.leave();
            shared.leave();
        }
        if (writable && !empty && waitNanos > 0) {
            hold(now);
        } else {
            letGo(now);
        }
    }

    private void hold(long now) {
        letGo(now);
        holding = true;
        heldSince = now;
        long at = now + Math.max(SHORTEST_WAIT, waitNanos);
        if (timer == null || at - timerAt < 0) {
            cancelTimer();
            timerAt = at;
            timer = channel.eventLoop().schedule(this::turnCame, at - now, TimeUnit.NANOSECONDS);
        }
    }

    private void turnCame() {
        timer = null;
        wake.run();
    }

    private void letGo(long now) {
        if (holding) {
            holding = false;
            counters.shapedNanos.add(now - heldSince);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** The connection ends: what it has not used is for the others. */
    void close(long now) {
        apply(Pacer.OFF, 0, now);
        cancelTimer();
    }

    /** Whether frames wait for nothing but their turn. Any thread. */
    boolean isHolding() {
        return holding;
    }
}
