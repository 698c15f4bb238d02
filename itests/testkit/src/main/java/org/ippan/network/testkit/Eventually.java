// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded waiting for tests with real threads, sockets and processes. Needs only the JDK, so it runs in OSGi too. */
public final class Eventually {

    private static final Duration POLL = Duration.ofMillis(20);
    /**
     * Who has waited for long waits a quarter longer at most, or so long: what is asked is a node's doctor as often as
     * not, and fifty of its answers a second cost more than what is waited for.
     */
    private static final Duration SELDOM = Duration.ofMillis(200);
    private static final int PART = 4;

    private Eventually() {
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words, for the failure
     * @param atMost how long
     * @param condition asked every 20 ms, and more rarely later, but five times a second
     */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        until(() -> what, atMost, condition);
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition and the state it fails in, in words
     * @param atMost how long
     * @param condition asked every 20 ms, and more rarely later, but five times a second
     */
    public static void until(Supplier<String> what, Duration atMost, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long waited = System.nanoTime() - begin;
            if (waited > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what.get());
            }
            LockSupport.parkNanos(Math.max(POLL.toNanos(), Math.min(SELDOM.toNanos(), waited / PART)));
        }
    }

    /**
     * Checks that a condition holds all the time.
     *
     * @param what the condition in words, for the failure
     * @param during how long
     * @param condition asked every 20 ms
     */
    public static void always(String what, Duration during, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < during.toNanos()) {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("no longer: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /**
     * Measures a step.
     *
     * @param step what to do
     * @return how long it took
     * @throws Exception whatever the step throws
     */
    public static Duration timed(Callable<?> step) throws Exception {
        long begin = System.nanoTime();
        step.call();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
