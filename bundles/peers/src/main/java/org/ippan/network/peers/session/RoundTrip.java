// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.util.concurrent.TimeUnit;

/**
 * Estimates a round trip and how long to wait for an answer, by RFC 6298 (Jacobson and Karels). Confined to one thread.
 */
public final class RoundTrip {

    /** Least allowance for variance. */
    private static final long MIN_VARIANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private long smoothed;
    private long variance;
    private boolean sampled;

    /** Takes a sample in. */
    public void sample(long nanos) {
        long value = Math.max(1, nanos);
        if (!sampled) {
            sampled = true;
            smoothed = value;
            variance = value / 2;
        } else {
            variance += (Math.abs(smoothed - value) - variance) / 4;
            smoothed += (value - smoothed) / 8;
        }
    }

    /** Smoothed round trip in nanoseconds, 0 before the first sample. */
    public long smoothedNanos() {
        return smoothed;
    }

    /** How long to wait for an answer, between these two; as long as may be before the first sample. */
    public long timeoutNanos(long minNanos, long maxNanos) {
        if (!sampled) {
            return maxNanos;
        }
        long timeout = smoothed + Math.max(MIN_VARIANCE_NANOS, 4 * variance);
        return Math.min(maxNanos, Math.max(minNanos, timeout));
    }
}
