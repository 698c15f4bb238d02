// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;

/**
 * Threads for the code of applications: as many as there are tasks, up to a bound; then tasks wait, and the next thread
 * that is free takes them. Applications bound how many wait: one for each listener, call of a validator and publisher.
 * Where no thread has been free for a while, as all hang in applications, more take their place, up to four times as
 * many. All are daemons. Safe for any thread.
 */
public final class CallbackThreads extends ThreadPoolExecutor {

    private static final long IDLE_SECONDS = 10;
    /** After so long without a free thread there are more. */
    private static final long STANDSTILL_MILLIS = 2_000;
    /** So many times more, where all hang. */
    private static final int MOST_TIMES = 4;
    /** How long callbacks under way may take when the bundle stops; then they are interrupted. */
    private static final long STOP_MILLIS = 300;

    private final int most;
    private final long standstill;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile long begunAt = System.nanoTime();

    /** Gives a task to a thread that waits for one, or refuses it, so that the pool grows first. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    /**
     * No threads yet.
     *
     * @param name of the threads, before their numbers
     * @param most threads at once
     */
    public CallbackThreads(String name, int most) {
        this(name, most, STANDSTILL_MILLIS);
    }

    CallbackThreads(String name, int most, long standstillMillis) {
        super(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new HandOver(),
                (task, pool) -> ((CallbackThreads) pool).enqueue(task));
        this.most = most;
        this.standstill = TimeUnit.MILLISECONDS.toNanos(standstillMillis);
        AtomicInteger number = new AtomicInteger();
        setThreadFactory(task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private void enqueue(Runnable task) {
        if (isShutdown()) {
            throw new RejectedExecutionException("the bundle stops");
        }
        ((HandOver) getQueue()).put(task);
        // Meanwhile all threads may have ended for want of work.
        if (getPoolSize() == 0 && remove(task)) {
            execute(task);
        } else if (watched.compareAndSet(false, true)) {
            getThreadFactory().newThread(this::watch).start();
        }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        begunAt = System.nanoTime();
    }

    /** As long as tasks wait: where none begins, all threads hang, and more come. */
    private void watch() {
        while (isCrowded() && !isShutdown()) {
            LockSupport.parkNanos(standstill / 2);
            if (isCrowded() && System.nanoTime() - begunAt >= standstill) {
                grow();
            }
        }
        watched.set(false);
        if (isCrowded() && !isShutdown() && watched.compareAndSet(false, true)) {
            watch();
        }
    }

    private void grow() {
        int more = Math.min(getMaximumPoolSize() + Math.max(1, most / MOST_TIMES), most * MOST_TIMES);
        int begin = more - getMaximumPoolSize();
        setMaximumPoolSize(more);
        try {
            for (int i = 0; i < begin; i++) {
                // A thread that begins with nothing to do takes what waits.
                execute(() -> { });
            }
        } catch (RejectedExecutionException e) {
            // The bundle stops: what waits is not run.
            getQueue().clear();
        }
    }

    /**
     * Whether tasks wait for a thread.
     *
     * @return true if one that could go on and on should let them have its own
     */
    public boolean isCrowded() {
        return !getQueue().isEmpty();
    }

    /** Ends the threads; callbacks under way have a moment. */
    public void stop() {
        shutdown();
        Uninterrupted.await(Ticker.system(), STOP_MILLIS, nanos -> awaitTermination(nanos, TimeUnit.NANOSECONDS));
        Uninterrupted.end(this);
    }
}
