// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;

/**
 * Counts the points of decay since the start, in whole intervals common to all peers. A peer's decay is the difference
 * of two such totals, so no fraction of an interval is lost however often scores change, and new rates change only what
 * comes. Safe for any thread; {@link #change}, {@link #resume} and {@link #refresh} are for one at a time.
 */
final class DecayClock {

    private final Ticker ticker;
    private volatile Rate rate;
    private volatile long coarse;

    /** From when on how fast. */
    private record Rate(long sinceNanos, long total, long intervalNanos, int points) {

        long steps(long nanos) {
            return Math.max(0, nanos - sinceNanos) / intervalNanos;
        }

        long totalAt(long nanos) {
            return total + steps(nanos) * points;
        }

        long phase(long nanos) {
            return Math.max(0, nanos - sinceNanos) % intervalNanos;
        }
    }

    DecayClock(Ticker ticker, ReputationSettings rules) {
        this.ticker = ticker;
        this.rate = new Rate(ticker.nanos(), 0, interval(rules), rules.decayPoints());
    }

    private static long interval(ReputationSettings rules) {
        return TimeUnit.SECONDS.toNanos(rules.decayIntervalSeconds());
    }

    /** The total now. Reads the clock. */
    long now() {
        return rate.totalAt(ticker.nanos());
    }

    /** The total at the last {@link #refresh}: costs no clock read. */
    long coarse() {
        return coarse;
    }

    void refresh() {
        coarse = now();
    }

    /** Goes on at another rate. The part of an interval that has passed stays the same part. */
    void change(ReputationSettings rules) {
        long nanos = ticker.nanos();
        Rate old = rate;
        long interval = interval(rules);
        if (interval == old.intervalNanos && rules.decayPoints() == old.points) {
            return;
        }
        long phase = Math.min(interval - 1, (long) ((double) old.phase(nanos) / old.intervalNanos * interval));
        rate = new Rate(nanos - phase, old.totalAt(nanos), interval, rules.decayPoints());
        refresh();
    }

    /**
     * Goes on where an earlier run ended.
     *
     * @param phaseNanos what had passed of an interval when it ended, not negative
     * @param downNanos how long ago that was, not negative
     * @return the points of decay meanwhile
     */
    long resume(long phaseNanos, long downNanos) {
        Rate old = rate;
        long passed = Math.min(phaseNanos, old.intervalNanos - 1) + downNanos;
        rate = new Rate(ticker.nanos() - passed % old.intervalNanos, 0, old.intervalNanos, old.points);
        refresh();
        return passed / old.intervalNanos * old.points;
    }

    /** How much has passed of the interval. */
    long phaseNanos() {
        return rate.phase(ticker.nanos());
    }

    /** Time until so many more points of decay; empty if they never come. */
    OptionalLong nanosUntil(int points) {
        Rate current = rate;
        if (points > 0 && current.points == 0) {
            return OptionalLong.empty();
        }
        long steps = points <= 0 ? 0 : (points + current.points - 1) / current.points;
        return OptionalLong.of(Math.max(0, steps * current.intervalNanos - current.phase(ticker.nanos())));
    }
}
