// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;

/**
 * Time and the executor that goes with it, moved by hand: what is due runs on the thread that advances time, in order
 * of due time, then of submission. One instance stands in for the clock, the scheduler and every executor of a core, so
 * that a whole network of cores runs on one thread. Not thread-safe.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService, Ticker {

    private final TimedQueue later = new TimedQueue();
    /** What is due at once: most of everything, and after all that is due by now anyway. */
    private final ArrayDeque<Runnable> next = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long now;
    private long timed;
    private boolean shutdown;

    /** A task with the time it is due. */
    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final long period;
        private long due;

        Task(Callable<V> callable, long delayNanos, long period) {
            super(callable);
            this.due = now + Math.max(0, delayNanos);
            this.period = period;
        }

        @Override
        public void run() {
            if (!isPeriodic()) {
                super.run();
            } else if (runAndReset()) {
                due += period;
                later.add(due, this);
            }
        }

        @Override
        public boolean isPeriodic() {
            return period > 0;
        }

        @Override
        protected void setException(Throwable failure) {
            super.setException(failure);
            failures.add(failure);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** Time begins at one hour, so that nothing may rely on beginning at zero. */
    public ManualScheduler() {
        this.now = TimeUnit.HOURS.toNanos(1);
    }

    @Override
    public long nanos() {
        return now;
    }

    /** A wall clock that shows this moment now, and goes on with the time of this scheduler. */
    public Clock clock(Instant moment) {
        long origin = now;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return moment.plusNanos(now - origin);
            }
        };
    }

    /** Runs all that is due now, and what that makes due, without moving time. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /**
     * Moves time forward, running each task at the moment it is due.
     *
     * @param duration by how much
     * @throws AssertionError if a task threw
     */
    public void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (!next.isEmpty() || !later.isEmpty() && later.firstTime() <= end) {
            if (!later.isEmpty() && (next.isEmpty() || later.firstTime() <= now)) {
                now = Math.max(now, later.firstTime());
                timed++;
                later.poll().run();
            } else {
                run(next.poll());
            }
        }
        now = end;
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError("a task threw", failures.get(0));
            failures.clear();
            throw error;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    /** Moves time forward without running anything: what a stalled process sees. */
    public void stall(Duration duration) {
        for (Runnable task = next.poll(); task != null; task = next.poll()) {
            later.add(now, guarded(task));
        }
        now += duration.toNanos();
    }

    /** How many tasks ran because it was time: what an idle system costs. */
    public long timed() {
        return timed;
    }

    /** How many tasks wait, periodic ones included. */
    public int pending() {
        return (int) waiting().stream()
                .filter(task -> !(task instanceof Task<?> known) || !known.isCancelled()).count();
    }

    private List<Runnable> waiting() {
        List<Runnable> all = new ArrayList<>(next);
        all.addAll(later.all());
        return all;
    }

    /** Runs something later that nobody will cancel: cheaper than {@link #schedule}. */
    public void after(long delayNanos, Runnable task) {
        add(now + delayNanos, guarded(task));
    }

    private Runnable guarded(Runnable task) {
        return () -> run(task);
    }

    private void add(long due, Runnable task) {
        if (shutdown) {
            return;
        }
        if (due <= now) {
            next.add(task);
        } else {
            later.add(due, task);
        }
    }

    private <V> Task<V> add(Callable<V> callable, long delay, long period, TimeUnit unit) {
        Task<V> task = new Task<>(callable, unit.toNanos(delay), unit.toNanos(period));
        add(task.due, task);
        return task;
    }

    private static Callable<Object> callable(Runnable task) {
        return () -> {
            task.run();
            return null;
        };
    }

    @Override
    public void execute(Runnable task) {
        add(now, task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return add(callable(task), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return add(task, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return add(callable(task), first, period, unit);
    }

    /** The same as at a fixed rate: tasks take no time here. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(task, first, delay, unit);
    }

    @Override
    public void shutdown() {
        shutdown = true;
        later.clear();
        next.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left = waiting();
        shutdown();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
