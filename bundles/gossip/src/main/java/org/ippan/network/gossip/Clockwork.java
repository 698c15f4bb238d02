// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.ippan.network.gossip.model.GossipContext;

/**
 * Has everything looked at that depends on time: often while there is something to do, rarely while there is not.
 * Confined to the relay's thread.
 */
final class Clockwork {

    /** How often timers are looked at while there is something to do, and while there is not. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long IDLE_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private final ScheduledExecutorService relay;
    private List<LongConsumer> timers;
    private final List<BooleanSupplier> busy;
    private final LongUnaryOperator rest;
    private ScheduledFuture<?> nextTick;
    /** Whether the next look is soon; during a look, whether it has to be. */
    private boolean soon;
    private boolean looking;
    private Runnable next = () -> schedule(soon || isBusy() ? TICK_NANOS : restNanos());

    /**
     * A clockwork that stands still.
     *
     * @param relay the thread it runs on
     * @param timers are told what time it is, in this order
     * @param busy who may have something to do soon
     * @param rest for how long, from that time on, all others have nothing to do
     */
    Clockwork(GossipContext context, ScheduledExecutorService relay, List<LongConsumer> timers,
            List<BooleanSupplier> busy, LongUnaryOperator rest) {
        this.context = context;
        this.relay = relay;
        this.timers = timers;
        this.busy = busy;
        this.rest = rest;
    }

    /** Begins. */
    void start() {
        schedule(IDLE_TICK_NANOS);
    }

    /** There is something to do soon. */
    void wake() {
        if (looking) {
            // When it is over the next is set: another one beside that would go on for ever.
            soon = true;
        } else if (!soon) {
            nextTick.cancel(false);
            schedule(TICK_NANOS);
        }
    }

    private void schedule(long delay) {
        soon = delay == TICK_NANOS;
        nextTick = relay.schedule(this::tick, delay, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = context.nanos();
        looking = true;
        soon = false;
        try {
            for (LongConsumer timer : timers) {
                timer.accept(now);
            }
        } finally {
            looking = false;
            next.run();
        }
    }

    private boolean isBusy() {
        for (BooleanSupplier each : busy) {
            if (each.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private long restNanos() {
        return Math.max(TICK_NANOS, Math.min(IDLE_TICK_NANOS, rest.applyAsLong(context.nanos())));
    }

    /** Has only this one looked at from now on, often, for as long as a stop may take. */
    void rest(LongConsumer last) {
        long until = context.nanos() + REST_NANOS;
        timers = List.of(last);
        next = () -> {
            if (context.nanos() - until < 0) {
                schedule(TICK_NANOS);
            }
        };
        wake();
    }
}
