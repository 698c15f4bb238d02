// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.util.concurrent.TimeUnit;

/** How often a peer may ask for something: a token bucket. Confined to one thread. */
public final class RateBudget {

    /** Over the rate for so long is an offence. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** So long without a refusal, and it is forgotten. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final long nanosPerToken;
    private final int burst;
    private long tokens;
    private long refilledAt;
    private boolean started;
    private boolean refusing;
    private long refusedSince;
    private long refusedLast;

    private RateBudget(long nanosPerToken, int burst) {
        this.nanosPerToken = nanosPerToken;
        this.burst = burst;
        this.tokens = burst;
    }

    /** Signs of life: 2 a second, 10 at once. */
    static RateBudget pings() {
        return new RateBudget(TimeUnit.MILLISECONDS.toNanos(500), 10);
    }

    /** Addresses: 2 a minute, 2 at once. */
    public static RateBudget peerRequests() {
        return new RateBudget(TimeUnit.SECONDS.toNanos(30), 2);
    }

    /** Whether to answer what came now. */
    public boolean take(long now) {
        refill(now);
        if (tokens > 0) {
            tokens--;
            return true;
        }
        if (!refusing || now - refusedLast > CALM_NANOS) {
            refusing = true;
            refusedSince = now;
        }
        refusedLast = now;
        return false;
    }

    private void refill(long now) {
        if (!started) {
            started = true;
            refilledAt = now;
        }
        long earned = (now - refilledAt) / nanosPerToken;
        tokens = Math.min(burst, tokens + earned);
        refilledAt += earned * nanosPerToken;
    }

    /** Whether it has been refused all the time for too long. */
    public boolean exhausted() {
        return refusing && refusedLast - refusedSince >= PATIENCE_NANOS;
    }
}
