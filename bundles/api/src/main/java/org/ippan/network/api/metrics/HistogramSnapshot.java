// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import org.ippan.network.api.snapshot.Measure;

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
public record HistogramSnapshot(
        @Measure(value = "Samples recorded.", unit = "samples", counter = true) long samples,
        @Measure(value = "Exponential moving average.", unit = "milliseconds") double emaMillis,
        @Measure(value = "Greatest sample.", unit = "milliseconds") double maxMillis,
        @Measure(value = "Half of the samples are at or below this.", unit = "milliseconds") double p50Millis,
        @Measure(value = "90 % of the samples are at or below this.", unit = "milliseconds") double p90Millis,
        @Measure(value = "99 % of the samples are at or below this.", unit = "milliseconds") double p99Millis,
        @Measure(value = "99.9 % of the samples are at or below this.", unit = "milliseconds") double p999Millis) {

    /** No sample yet. */
    public static final HistogramSnapshot EMPTY = new HistogramSnapshot(0, 0, 0, 0, 0, 0, 0);
}
