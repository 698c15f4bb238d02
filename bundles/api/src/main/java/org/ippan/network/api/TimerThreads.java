// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread for what a bundle does by time. A task that ends with an error, for want of memory as a rule, does
 * not vanish in a future that is never asked: the thread's handler of uncaught exceptions is told, so that the process
 * can end in good order instead of living on without its timer. What is done again and again goes on after any other
 * failure, for example of a service whose bundle is being updated.
 */
public class TimerThreads extends ScheduledThreadPoolExecutor {

    /**
     * A thread that begins when there is something to do.
     *
     * @param name of the thread
     */
    public TimerThreads(String name) {
        super(1, named(name));
        setRemoveOnCancelPolicy(true);
    }

    /**
     * A thread that ends when there has been nothing to do for a while, and begins again.
     *
     * @param name of the thread
     * @param idleSeconds how long it waits for work
     */
    public TimerThreads(String name, long idleSeconds) {
        this(name);
        setKeepAliveTime(idleSeconds, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
    }

    /**
     * Makes daemons.
     *
     * @param name of all threads that it makes
     * @return the factory
     */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public final ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(lasting(task), first, period, unit);
    }

    @Override
    public final ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(lasting(task), first, delay, unit);
    }

    private Runnable lasting(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        };
    }

    @Override
    protected final void afterExecute(Runnable task, Throwable thrown) {
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failed(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * A task ended with an error, or one that is done again and again failed once. On the thread.
     *
     * @param failure what it threw
     */
    protected void failed(Throwable failure) {
        tellIfOutOfMemory(failure);
    }

    /**
     * Tells the handler of uncaught exceptions of a failure that is caught, if it is for want of memory: whatever
     * catches it cannot know what else failed for it.
     *
     * @param failure any
     */
    public static void tellIfOutOfMemory(Throwable failure) {
        // Subclasses are limits of libraries, which the rest of the process does not suffer from.
        if (failure != null && failure.getClass() == OutOfMemoryError.class) {
            Thread thread = Thread.currentThread();
            try {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            } catch (Throwable e) {
                // What a handler throws is ignored, as the JVM does: who tells it has more to do.
                return;
            }
        }
    }
}
