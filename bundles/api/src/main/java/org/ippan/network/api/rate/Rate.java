// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

import java.util.concurrent.TimeUnit;

/**
 * How often something may be done.
 *
 * @param tokens that come in during a period; 0 for no limit
 * @param periodNanos how long a period is
 * @param burstNanos how much may be done at once after a rest, as the time in which so much comes in
 */
public record Rate(long tokens, long periodNanos, long burstNanos) {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * {@return a rate by the second}
     *
     * @param tokens that come in during a second; 0 for no limit
     * @param burstNanos how much may be done at once, as the time in which so much comes in
     */
    public static Rate perSecond(long tokens, long burstNanos) {
        return new Rate(tokens, SECOND_NANOS, burstNanos);
    }

    /**
     * {@return a second's worth at once, and then as much by the second}
     *
     * @param tokens that come in during a second; 0 for no limit
     */
    public static Rate perSecond(long tokens) {
        return perSecond(tokens, SECOND_NANOS);
    }

    /**
     * {@return one token at a time}
     *
     * @param nanos in which one token comes in
     * @param burst how many may be taken at once after a rest
     */
    public static Rate oneIn(long nanos, int burst) {
        return new Rate(1, nanos, burst * nanos);
    }

    /**
     * {@return how many nanoseconds so many tokens take to come in}
     *
     * @param count of tokens
     */
    public long nanos(long count) {
        return tokens == 0 ? 0 : count * periodNanos / tokens;
    }
}
