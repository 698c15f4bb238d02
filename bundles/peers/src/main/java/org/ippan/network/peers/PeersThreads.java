// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bundle's threads: the one that decides, and one that writes the address book when there is something to write.
 */
final class PeersThreads {

    /** How long links are given to hear our goodbye. */
    private static final long GOODBYE_MILLIS = 2_500;
    private static final long WRITE_MILLIS = 2_000;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("ippan-peers-timer"));
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), named("ippan-peers-book"));

    PeersThreads() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // The container takes references away after deactivation, when there is nothing left to decide.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    void write(Runnable task) {
        writer.execute(task);
    }

    /** Waits, within bounds, until all links are gone and the book is written; then the threads end. */
    void stop(CompletableFuture<Void> stopped) {
        try {
            stopped.get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            writer.shutdown();
            writer.awaitTermination(WRITE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // the transport takes longer than it may: links are given up
            writer.shutdown();
        }
        timer.shutdownNow();
    }
}
