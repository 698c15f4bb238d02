// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.ippan.network.gossip.model.GossipContext;

/**
 * Has everything looked at that depends on time: often while there is something to do, rarely while there is not.
 * Confined to the relay's thread.
 */
final class Clockwork {

    /** How often timers are looked at while there is something to do, and while there is not. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long IDLE_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final GossipContext context;
    private final ScheduledExecutorService relay;
    private final List<LongConsumer> timers;
    private final List<BooleanSupplier> busy;
    private ScheduledFuture<?> nextTick;
    private boolean soon;

    /**
     * A clockwork that stands still.
     *
     * @param relay the thread it runs on
     * @param timers are told what time it is, in this order
     * @param busy who may have something to do soon
     */
    Clockwork(GossipContext context, ScheduledExecutorService relay, List<LongConsumer> timers,
            List<BooleanSupplier> busy) {
        this.context = context;
        this.relay = relay;
        this.timers = timers;
        this.busy = busy;
    }

    /** Begins. */
    void start() {
        schedule(IDLE_TICK_NANOS);
    }

    /** There is something to do soon. */
    void wake() {
        if (!soon) {
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
        try {
            timers.forEach(timer -> timer.accept(now));
        } finally {
            if (!context.isStopping()) {
                schedule(isBusy() ? TICK_NANOS : IDLE_TICK_NANOS);
            }
        }
    }

    private boolean isBusy() {
        return busy.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }

    /** Ends. */
    void stop() {
        nextTick.cancel(false);
    }
}
