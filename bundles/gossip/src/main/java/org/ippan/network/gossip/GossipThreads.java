// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ippan.network.api.Ticker;
import org.ippan.network.gossip.model.Environment;

/** The threads of the bundle. All are daemons, and gone when it stops, but for those that hang in an application. */
final class GossipThreads {

    private static final int MAX_LISTENER_THREADS = 256;
    /** Bytes of frames in one segment of a log: a read or a write of a socket fills about one. */
    private static final int SEGMENT_BYTES = 64 * 1024;
    private static final long DRAIN = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(2);

    private final Consumer<Throwable> onFailure;
    private final ScheduledThreadPoolExecutor relay = new ScheduledThreadPoolExecutor(1, named("relay")) {
        @Override
        protected void afterExecute(Runnable task, Throwable thrown) {
            logFailure(task);
        }
    };
    private final ThreadPoolExecutor validators =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("validator"));
    private final ThreadPoolExecutor listeners = new ThreadPoolExecutor(0, MAX_LISTENER_THREADS, 10, TimeUnit.SECONDS,
            new SynchronousQueue<>(), named("listener"));

    GossipThreads(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        relay.setRemoveOnCancelPolicy(true);
        validators.allowCoreThreadTimeOut(true);
    }

    /** What would vanish in a future nobody asks. */
    private void logFailure(Runnable task) {
        if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                onFailure.accept(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ThreadFactory named(String role) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "ippan-gossip-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What the core takes from the world. */
    Environment environment() {
        return new Environment(Ticker.system(), new SplittableRandom(), relay, validators, this::validatorThreads,
                listeners, Runtime.getRuntime().maxMemory(), SEGMENT_BYTES);
    }

    private synchronized void validatorThreads(int count) {
        if (count > validators.getMaximumPoolSize()) {
            validators.setMaximumPoolSize(count);
            validators.setCorePoolSize(count);
        } else {
            validators.setCorePoolSize(count);
            validators.setMaximumPoolSize(count);
        }
    }

    /** Waits until all work is done, or for 2 s. */
    void drain(BooleanSupplier drained) {
        long deadline = System.nanoTime() + DRAIN;
        do {
            // First of all: a link's thread may be in the middle of taking a message in.
            LockSupport.parkNanos(LOOK_AGAIN);
        } while (!drained.getAsBoolean() && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted());
    }

    /** Ends the threads. */
    void stop() {
        relay.shutdownNow();
        validators.shutdownNow();
        listeners.shutdownNow();
    }
}
