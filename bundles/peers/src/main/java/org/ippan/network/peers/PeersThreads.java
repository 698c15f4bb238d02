// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackThreads;

/**
 * The bundle's threads: the one that decides, and one that writes the address book when there is something to write.
 */
final class PeersThreads {

    /** How long links are given to hear our goodbye. */
    private static final long GOODBYE_MILLIS = 2_500;
    private static final long WRITE_MILLIS = 2_000;
    private static final int MAX_CALLBACKS = 64;

    private final TimerThreads timer = new TimerThreads("ippan-peers-timer");
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), TimerThreads.named("ippan-peers-book"));

    private final CallbackThreads callbacks = new CallbackThreads("ippan-peers-callback", MAX_CALLBACKS);

    PeersThreads() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // The container takes references away after deactivation, when there is nothing left to decide.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** For code of applications: listeners of events and discoveries. */
    CallbackThreads callbacks() {
        return callbacks;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    void write(Runnable task) {
        writer.execute(task);
    }

    /** Waits, within bounds, until all links are gone and the book is written; then the threads end. */
    void stop(CompletableFuture<Void> stopped) {
        // Links of a transport that takes longer than it may are given up.
        Uninterrupted.await(Ticker.system(), GOODBYE_MILLIS, nanos -> isDone(stopped, nanos));
        writer.shutdown();
        Uninterrupted.await(Ticker.system(), WRITE_MILLIS,
                nanos -> writer.awaitTermination(nanos, TimeUnit.NANOSECONDS));
        timer.shutdownNow();
        callbacks.stop();
    }

    private static boolean isDone(CompletableFuture<Void> stopped, long nanos) throws InterruptedException {
        try {
            stopped.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
