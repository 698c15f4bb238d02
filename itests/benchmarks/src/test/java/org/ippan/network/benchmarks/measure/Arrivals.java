// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * What arrived at one node of what one publisher published in one phase: a bit for each number, and how late each came.
 * Written by one thread at a time; any thread may ask how many came, and all else once no more come.
 */
public final class Arrivals {

    private static final int FIRST_WORDS = 1024;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 2;

    private final Histogram micros = latencies();
    private final AtomicLong distinct = new AtomicLong();
    private long[] seen = new long[FIRST_WORDS];
    private long doubled;
    private long disordered;
    private long next;
    private long last;

    Arrivals() {
    }

    /** A histogram of microseconds, of the kind that all figures are kept in. */
    static Histogram latencies() {
        return new Histogram(1, LONGEST_MICROS, DIGITS);
    }

    void heard(long number, long nanos) {
        int word = Math.toIntExact(number >>> 6);
        long bit = 1L << number;
        if (word >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(2 * seen.length, word + 1));
        }
        if ((seen[word] & bit) != 0) {
            doubled++;
            return;
        }
        seen[word] |= bit;
        if (number < next) {
            disordered++;
        } else {
            next = number + 1;
        }
        last = System.nanoTime();
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(last - nanos))));
        distinct.lazySet(distinct.getPlain() + 1);
    }

    /**
     * How many different messages came.
     *
     * @return none counted twice
     */
    public long distinct() {
        return distinct.get();
    }

    long doubled() {
        return doubled;
    }

    /** Messages that came after one with a higher number. */
    long disordered() {
        return disordered;
    }

    /** When the last one came; 0 if none did. */
    long last() {
        return last;
    }

    Histogram micros() {
        return micros;
    }
}
