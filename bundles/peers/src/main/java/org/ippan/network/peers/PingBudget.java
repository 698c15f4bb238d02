// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.concurrent.TimeUnit;

/**
 * How often a peer may ask for a sign of life: a token bucket, 2 a second with a burst of 10. Confined to one thread.
 */
final class PingBudget {

    private static final long NANOS_PER_PING = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BURST = 10;
    /** Over the rate for so long is an offence. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** So long without a refusal, and it is forgotten. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(2);

    private long tokens = BURST;
    private long refilledAt;
    private boolean started;
    private boolean refusing;
    private long refusedSince;
    private long refusedLast;

    /** Whether to answer a PING that came now. */
    boolean take(long now) {
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
        long earned = (now - refilledAt) / NANOS_PER_PING;
        tokens = Math.min(BURST, tokens + earned);
        refilledAt += earned * NANOS_PER_PING;
    }

    /** Whether it has been refused all the time for too long. */
    boolean exhausted() {
        return refusing && refusedLast - refusedSince >= PATIENCE_NANOS;
    }
}
