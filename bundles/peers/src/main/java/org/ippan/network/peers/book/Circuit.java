// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.peers.settings.BackOff;

/**
 * The back-off of one address, shown as a circuit breaker: exponential with full jitter (M. Brooker, "Exponential
 * Backoff and Jitter"), so that two nodes which fail together do not return together. Changed by one thread, read by
 * any.
 */
public final class Circuit {

    /** Who stayed connected so long has earned a fresh start. */
    static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A peer we are told to keep is not waited for longer while its absence is young: a restart is seen at once. */
    private static final long EAGER_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);
    /** Who stayed connected so long was there: its absence is a new one. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_DOUBLINGS = 20;

    private volatile int failures;
    private volatile long nextTry;
    private volatile boolean waiting;
    private volatile boolean dialling;
    private long absentSince;

    /** A dial begins. */
    public void dial() {
        waiting = false;
        dialling = true;
    }

    /** The dial led to a link. */
    public void connected() {
        dialling = false;
        waiting = false;
    }

    /** The link ended after this time. */
    public void lost(long now, long connectedNanos, BackOff policy, RandomGenerator random, long retryAfterNanos) {
        if (connectedNanos >= STABLE_NANOS) {
            failures = 0;
        }
        if (connectedNanos >= SETTLED_NANOS) {
            absentSince = now;
        }
        back(now, policy, random, retryAfterNanos);
    }

    /** A dial or a handshake failed; the peer may have asked for some time. */
    public void failed(long now, BackOff policy, RandomGenerator random, long retryAfterNanos) {
        back(now, policy, random, retryAfterNanos);
    }

    private void back(long now, BackOff policy, RandomGenerator random, long atLeast) {
        if (failures == 0) {
            absentSince = now;
        }
        int doublings = Math.min(failures, MAX_DOUBLINGS);
        failures = failures + 1;
        long cap = Math.min(policy.maxNanos(), policy.minNanos() << doublings);
        if (policy.eager() && now - absentSince < STABLE_NANOS) {
            cap = Math.min(cap, EAGER_NANOS);
        }
        long wait = Math.max(atLeast, random.nextLong(cap + 1));
        waitFor(now, waiting ? Math.max(wait, nextTry - now) : wait);
    }

    /** Nothing failed, but the address is left alone for a while. */
    public void waitFor(long now, long nanos) {
        dialling = false;
        nextTry = now + nanos;
        waiting = true;
    }

    /** Whether it may be dialled. */
    public boolean due(long now) {
        return !dialling && (!waiting || now - nextTry >= 0);
    }

    /** Forgets the waiting, not the failures. */
    void expire() {
        waiting = false;
    }

    public CircuitState state() {
        if (dialling) {
            return failures > 0 ? CircuitState.HALF_OPEN : CircuitState.CLOSED;
        }
        return waiting ? CircuitState.OPEN : CircuitState.CLOSED;
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }

    /** Failures known from an earlier life. */
    public void restore(int known) {
        failures = known;
    }

    public boolean isWaiting() {
        return waiting;
    }

    public boolean isDialling() {
        return dialling;
    }

    /** When it may be dialled again, as a ticker reading; only means something while it waits. */
    public long nextTry() {
        return nextTry;
    }
}
