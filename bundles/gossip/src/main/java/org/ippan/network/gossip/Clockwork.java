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
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private final ScheduledExecutorService relay;
    private List<LongConsumer> timers;
    private final List<BooleanSupplier> busy;
    private ScheduledFuture<?> nextTick;
    /** Whether the next look is soon; during a look, whether it has to be. */
    private boolean soon;
    private boolean looking;
    private Runnable next = () -> schedule(soon || isBusy() ? TICK_NANOS : IDLE_TICK_NANOS);

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
            timers.forEach(timer -> timer.accept(now));
        } finally {
            looking = false;
            next.run();
        }
    }

    private boolean isBusy() {
        return busy.stream().anyMatch(BooleanSupplier::getAsBoolean);
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
