// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket kept as one number: the moment from which on it is in debt no more. Taking tokens moves that moment on
 * by what they cost in time, and it is never farther back than the burst. So it needs no refilling, knows without
 * counting how long a debt takes to be paid, and is changed by one compare-and-set: this is the virtual scheduling form
 * of the generic cell rate algorithm (ITU-T I.371). Safe for any thread; time comes from the caller.
 */
public final class TokenBucket {

    private final AtomicLong paidAt;
    private volatile Rate rate;

    /**
     * A full bucket.
     *
     * @param rate at which it is filled
     * @param nowNanos ticker reading
     */
    public TokenBucket(Rate rate, long nowNanos) {
        this.rate = rate;
        this.paidAt = new AtomicLong(nowNanos - rate.burstNanos());
    }

    /**
     * Fills it at another rate from now on. A debt stays what it is in time.
     *
     * @param changed the rate
     */
    public void adapt(Rate changed) {
        rate = changed;
    }

    /**
     * Takes tokens, whether they are there or not.
     *
     * @param tokens how many
     * @param nowNanos ticker reading
     * @return the ticker reading from which on all that was taken before is paid: the taker's turn, past or to come
     */
    public long take(long tokens, long nowNanos) {
        Rate now = rate;
        long cost = now.nanos(tokens);
        while (true) {
            long paid = paidAt.get();
            long turn = turn(paid, now, nowNanos);
            if (paidAt.compareAndSet(paid, turn + cost)) {
                return turn;
            }
        }
    }

    /**
     * {@return whether there were enough tokens, which are taken then}
     *
     * @param tokens how many
     * @param nowNanos ticker reading
     */
    public boolean tryTake(long tokens, long nowNanos) {
        Rate now = rate;
        long cost = now.nanos(tokens);
        while (true) {
            long paid = paidAt.get();
            long turn = turn(paid, now, nowNanos);
            if (turn + cost - nowNanos > 0 && now.tokens() != 0) {
                return false;
            }
            if (paidAt.compareAndSet(paid, turn + cost)) {
                return true;
            }
        }
    }

    private static long turn(long paid, Rate rate, long nowNanos) {
        long earliest = nowNanos - rate.burstNanos();
        return paid - earliest < 0 ? earliest : paid;
    }

    /**
     * Puts tokens back that were taken and not used.
     *
     * @param tokens how many
     */
    public void giveBack(long tokens) {
        paidAt.addAndGet(-rate.nanos(tokens));
    }

    /**
     * {@return how many nanoseconds it takes until the debt is paid; 0 if there is none}
     *
     * @param nowNanos ticker reading
     */
    public long waitNanos(long nowNanos) {
        return rate.tokens() == 0 ? 0 : Math.max(0, paidAt.get() - nowNanos);
    }

    /**
     * {@return how many whole tokens may be taken; below 0 in debt}
     *
     * @param nowNanos ticker reading
     */
    public long tokens(long nowNanos) {
        Rate now = rate;
        double nanos = Math.min(now.burstNanos(), nowNanos - paidAt.get());
        return (long) (nanos * now.tokens() / now.periodNanos());
    }
}
