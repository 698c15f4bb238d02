// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

/**
 * A distribution of durations.
 *
 * @param samples how many were recorded
 * @param emaMillis exponential moving average, seeded by the first sample
 * @param maxMillis greatest sample
 * @param p50Millis half of the samples are at or below this
 * @param p90Millis 90 % of them are
 * @param p99Millis 99 % of them are
 * @param p999Millis 99.9 % of them are
 */
public record HistogramSnapshot(long samples, double emaMillis, double maxMillis, double p50Millis, double p90Millis,
        double p99Millis, double p999Millis) {

    /** No sample yet. */
    public static final HistogramSnapshot EMPTY = new HistogramSnapshot(0, 0, 0, 0, 0, 0, 0);
}
