// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.ippan.network.api.metrics.HistogramSnapshot;

/**
 * A distribution of durations: moving average, maximum, percentiles. Recording is lock-free for any thread, allocates
 * nothing and loses nothing.
 *
 * <p>The histogram spans the longest duration that may ever be configured, 265 KiB, so that a changed setting is only
 * a changed bound: nothing is swapped, no sample can be lost between two histograms, and no record pays for the
 * protocol of a {@code Recorder} (two atomic operations of four).
 */
final class Distribution {

    /** The greatest {@code highestLatencySeconds}. */
    static final long LIMIT_NANOS = 3_600_000_000_000L;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Stands for "no sample yet": no average of durations is ever NaN. */
    private static final long UNSEEDED = Double.doubleToRawLongBits(Double.NaN);

    private final AtomicHistogram histogram = new AtomicHistogram(LIMIT_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong average = new AtomicLong(UNSEEDED);
    private final AtomicLong max = new AtomicLong();

    /**
     * Counts a duration that occurred so many times. The histogram comes last and is read first: what is seen in it is
     * known to the maximum and the average too.
     *
     * @param nanos negative counts as 0
     * @param times 1 or more
     * @param settings what is in force
     */
    void record(long nanos, int times, MetricsSettings settings) {
        long value = Math.max(0, nanos);
        double alpha = settings.emaAlpha();
        moveAverage(value, times == 1 ? alpha : 1 - Math.pow(1 - alpha, times));
        raiseMax(value);
        histogram.recordValueWithCount(Math.min(value, settings.highestLatencyNanos()), times);
    }

    /** The first sample is the average; starting at 0 would report too little for dozens of samples. */
    private void moveAverage(double value, double alpha) {
        long old;
        long next;
        do {
            old = average.get();
            double before = Double.longBitsToDouble(old);
            next = Double.doubleToRawLongBits(old == UNSEEDED ? value : before + alpha * (value - before));
        } while (!average.compareAndSet(old, next));
    }

    private void raiseMax(long value) {
        long seen = max.get();
        while (value > seen && !max.compareAndSet(seen, value)) {
            seen = max.get();
        }
    }

    /** What was counted; the percentiles are of one copy of the counts, taken while others record. */
    HistogramSnapshot snapshot() {
        Histogram counts = new Histogram(histogram);
        counts.add(histogram);
        long samples = counts.getTotalCount();
        if (samples == 0) {
            return HistogramSnapshot.EMPTY;
        }
        long greatest = max.get();
        return new HistogramSnapshot(samples, Double.longBitsToDouble(average.get()) / NANOS_PER_MILLI,
                greatest / NANOS_PER_MILLI, percentile(counts, 50, greatest), percentile(counts, 90, greatest),
                percentile(counts, 99, greatest), percentile(counts, 99.9, greatest),
                counts.getMean() * samples / NANOS_PER_MILLI, buckets(counts));
    }

    /** In one pass over the values that occurred; one counts by the lower edge of its slot, so 1 ms is up to 1 ms. */
    private static List<HistogramSnapshot.Bucket> buckets(Histogram counts) {
        List<HistogramSnapshot.Bucket> buckets = new ArrayList<>();
        Iterator<HistogramIterationValue> values = counts.recordedValues().iterator();
        HistogramIterationValue next = values.next();
        long count = 0;
        for (double bound : HistogramSnapshot.BOUNDS_MILLIS) {
            while (next != null && counts.lowestEquivalentValue(next.getValueIteratedTo()) <= bound * NANOS_PER_MILLI) {
                count += next.getCountAddedInThisIterationStep();
                next = values.hasNext() ? values.next() : null;
            }
            buckets.add(new HistogramSnapshot.Bucket(bound, count));
        }
        return List.copyOf(buckets);
    }

    /** In milliseconds; a bucket's upper edge may lie above the greatest sample, the result does not. */
    private static double percentile(Histogram counts, double percentile, long greatest) {
        return Math.min(counts.getValueAtPercentile(percentile), greatest) / NANOS_PER_MILLI;
    }
}
