// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.rate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket kept as one number: the moment from which on it is in debt no more. Taking tokens moves that moment on
 * by what they cost in time, and it is never farther back than the burst. So it needs no refilling, knows without
 * counting how long a debt takes to be paid, and is changed by one compare-and-set: this is the virtual scheduling form
 * of the generic cell rate algorithm (ITU-T I.371). Safe for any thread; time comes from the caller.
 */
public final class TokenBucket {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long burstNanos;
    private final AtomicLong paidAt;

    /**
     * A full bucket.
     *
     * @param perSecond tokens that come in; 0 for a bucket that is never empty
     * @param burstNanos how much it holds, as the time in which so much comes in
     * @param nowNanos ticker reading
     */
    public TokenBucket(long perSecond, long burstNanos, long nowNanos) {
        this.perSecond = perSecond;
        this.burstNanos = burstNanos;
        this.paidAt = new AtomicLong(nowNanos - burstNanos);
    }

    /** How long a full bucket of so many tokens takes to fill. */
    static long nanos(long tokens, long perSecond) {
        return perSecond == 0 ? 0 : tokens * SECOND / perSecond;
    }

    /**
     * Takes tokens, whether they are there or not.
     *
     * @return the ticker reading from which on all that was taken before is paid: the taker's turn, past or to come
     */
    public long take(long tokens, long nowNanos) {
        long cost = nanos(tokens, perSecond);
        while (true) {
            long paid = paidAt.get();
            long turn = paid - (nowNanos - burstNanos) < 0 ? nowNanos - burstNanos : paid;
            if (paidAt.compareAndSet(paid, turn + cost)) {
                return turn;
            }
        }
    }

    /** Puts tokens back that were taken and not used. */
    void giveBack(long tokens) {
        paidAt.addAndGet(-nanos(tokens, perSecond));
    }

    /** How long until the debt is paid; 0 if there is none. */
    public long waitNanos(long nowNanos) {
        return perSecond == 0 ? 0 : Math.max(0, paidAt.get() - nowNanos);
    }

    /** How many tokens there are; below 0 in debt. */
    long tokens(long nowNanos) {
        double nanos = Math.min(burstNanos, nowNanos - paidAt.get());
        return (long) (nanos * perSecond / SECOND);
    }
}
