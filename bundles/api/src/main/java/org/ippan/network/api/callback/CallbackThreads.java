// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;

/**
 * Threads for the code of applications: as many as there are tasks, up to a bound; then tasks wait, and the next thread
 * that is free takes them. Applications bound how many wait: one for each listener, call of a validator and publisher.
 * All are daemons. Safe for any thread.
 */
public final class CallbackThreads extends ThreadPoolExecutor {

    private static final long IDLE_SECONDS = 10;
    /** How long callbacks under way may take when the bundle stops; then they are interrupted. */
    private static final long STOP_MILLIS = 300;

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
        super(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new HandOver(), CallbackThreads::enqueue);
        AtomicInteger number = new AtomicInteger();
        setThreadFactory(task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void enqueue(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the bundle stops");
        }
        ((HandOver) pool.getQueue()).put(task);
        // Meanwhile all threads may have ended for want of work.
        if (pool.getPoolSize() == 0 && pool.remove(task)) {
            pool.execute(task);
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
        shutdownNow();
    }
}
