// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Ends things in good order on a thread that may be interrupted: an interrupt must not decide whether messages are sent
 * and scores are written. It is kept for the caller. Safe for any thread.
 */
public final class Uninterrupted {

    private static final long POLL_MILLIS = 1;

    private Uninterrupted() {
    }

    /** Waits for something. */
    @ConsumerType
    @FunctionalInterface
    public interface Wait {

        /**
         * Waits.
         *
         * @param nanos at most so long
         * @return whether it has happened
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        boolean await(long nanos) throws InterruptedException;
    }

    /**
     * Waits whatever interrupts the thread, and hands the interrupt on at the end.
     *
     * @param ticker time
     * @param millis at most so long
     * @param wait what to wait for
     * @return whether it has happened
     */
    public static boolean await(Ticker ticker, long millis, Wait wait) {
        long deadline = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.await(Math.max(0, deadline - ticker.nanos()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Asks again and again whether something has happened, whatever interrupts the thread.
     *
     * @param ticker time
     * @param millis for so long at most
     * @param condition whether it has happened
     * @return whether it has
     */
    public static boolean poll(Ticker ticker, long millis, BooleanSupplier condition) {
        return await(ticker, millis, nanos -> {
            long end = ticker.nanos() + nanos;
            while (!condition.getAsBoolean()) {
                if (ticker.nanos() - end >= 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return true;
        });
    }

    /**
     * Does something that an interrupt would spoil, for example writes a file, and hands the interrupt on at the end.
     *
     * @param <E> what it may throw
     * @param action what to do
     * @throws E if the action does
     */
    public static <E extends Exception> void run(Action<E> action) throws E {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Ends the threads of a pool and interrupts what they do, but not the caller, which may be one of them: a callback
     * that stops or updates a bundle has more to do afterwards.
     *
     * @param pool takes no tasks from now on
     */
    public static void end(ExecutorService pool) {
        boolean interrupted = Thread.interrupted();
        pool.shutdownNow();
        Thread.interrupted();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Something to do.
     *
     * @param <E> what it may throw
     */
    @ConsumerType
    @FunctionalInterface
    public interface Action<E extends Exception> {

        /**
         * Does it.
         *
         * @throws E if it cannot be done
         */
        void run() throws E;
    }
}
