// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** A token bucket that holds one second's worth, and knows how long it has been overrun. One thread at a time. */
public final class RateLimit {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long OFFENCE = TimeUnit.SECONDS.toNanos(30);

    private final IntSupplier perSecond;
    private double tokens;
    private long filledAt;
    private boolean over;
    private long overSince;
    private long lastOver;

    /** A full bucket; its rate is asked for each time, so that a change counts at once. */
    public RateLimit(IntSupplier perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond.getAsInt();
        this.filledAt = nowNanos;
    }

    /** Takes tokens if there are enough. */
    public boolean allow(int count, long nowNanos) {
        double rate = perSecond.getAsInt();
        tokens = Math.min(rate, tokens + rate * (nowNanos - filledAt) / SECOND);
        filledAt = nowNanos;
        if (tokens >= count) {
            tokens -= count;
            return true;
        }
        if (!over || nowNanos - lastOver > SECOND) {
            overSince = nowNanos;
        }
        over = true;
        lastOver = nowNanos;
        return false;
    }

    /** Whether it was overrun for 30 s on end, never a second without. */
    public boolean isOffence() {
        return over && lastOver - overSince >= OFFENCE;
    }
}
