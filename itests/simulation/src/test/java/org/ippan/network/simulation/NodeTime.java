// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.testkit.ManualScheduler;

/**
 * Clock and every thread of one node: what the whole simulation shares, until the process is paused, which holds up all
 * it does, or is killed, which ends it.
 */
public final class NodeTime extends AbstractExecutorService implements ScheduledExecutorService, Ticker {

    private final ManualScheduler scheduler;
    private final Clock clock;
    private final Set<Step> heldUp = new LinkedHashSet<>();
    private boolean paused;
    private boolean dead;

    /** Something the node does; periodic ones run once after a pause, however long it was. */
    private final class Step implements Runnable {

        private final Runnable task;

        Step(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (dead) {
                return;
            }
            if (paused) {
                heldUp.add(this);
            } else {
                task.run();
            }
        }
    }

    /** A running process. */
    public NodeTime(ManualScheduler scheduler, Instant now) {
        this.scheduler = scheduler;
        this.clock = scheduler.clock(now);
    }

    /** Stops the process. */
    public void pause() {
        paused = true;
    }

    /** Lets it go on: what it would have done meanwhile it does now. */
    public void resume() {
        paused = false;
        heldUp.forEach(scheduler::execute);
        heldUp.clear();
    }

    /** Ends it. */
    public void kill() {
        dead = true;
        heldUp.clear();
    }

    public boolean isPaused() {
        return paused;
    }

    /** The wall clock. */
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public void execute(Runnable task) {
        scheduler.execute(new Step(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return scheduler.schedule(new Step(task), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("no core asks for a result");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return scheduler.scheduleAtFixedRate(new Step(task), first, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(task, first, delay, unit);
    }

    @Override
    public void shutdown() {
        kill();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left = new ArrayList<>(heldUp);
        kill();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return dead;
    }

    @Override
    public boolean isTerminated() {
        return dead;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return dead;
    }
}
