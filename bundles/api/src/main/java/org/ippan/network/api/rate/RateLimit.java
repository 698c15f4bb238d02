// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** How often a peer may do something, and whether it went on beyond that for too long. Confined to one thread. */
public final class RateLimit {

    /** Over the rate for so long on end is an offence. */
    private static final long OFFENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** So long without a refusal, and it begins again. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final IntSupplier perSecond;
    private final TokenBucket bucket;
    private int inForce;
    private boolean over;
    private long overSinceNanos;
    private long lastOverNanos;

    private RateLimit(Rate rate, IntSupplier perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.inForce = perSecond.getAsInt();
        this.bucket = new TokenBucket(rate, nowNanos);
    }

    /**
     * A second's worth at once.
     *
     * @param perSecond the rate, asked for each time, so that a change counts at once; 0 for no limit
     * @param nowNanos ticker reading
     */
    public RateLimit(IntSupplier perSecond, long nowNanos) {
        this(Rate.perSecond(perSecond.getAsInt()), perSecond, nowNanos);
    }

    /**
     * A limit that stays.
     *
     * @param rate what is allowed
     * @param nowNanos ticker reading
     */
    public RateLimit(Rate rate, long nowNanos) {
        this(rate, () -> 0, nowNanos);
    }

    /**
     * {@return whether so many may pass, which are counted then}
     *
     * @param count how many
     * @param nowNanos ticker reading
     */
    public boolean allow(int count, long nowNanos) {
        int wanted = perSecond.getAsInt();
        if (wanted != inForce) {
            inForce = wanted;
            bucket.adapt(Rate.perSecond(wanted));
        }
        if (bucket.tryTake(count, nowNanos)) {
            return true;
        }
        if (!over || nowNanos - lastOverNanos > CALM_NANOS) {
            over = true;
            overSinceNanos = nowNanos;
        }
        lastOverNanos = nowNanos;
        return false;
    }

    /** {@return whether it was exceeded for 30 s on end, until a pause and the next refusal} */
    public boolean isOffence() {
        return over && lastOverNanos - overSinceNanos >= OFFENCE_NANOS;
    }
}
