// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import java.util.List;
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
        @Measure(value = "99.9 % of the samples are at or below this.", unit = "milliseconds") double p999Millis,
        @Measure(value = "All samples added up.", unit = "milliseconds", counter = true) double sumMillis,
        @Measure(value = "Samples at or below each of some durations.", counter = true) List<Bucket> buckets) {

    /** The durations samples are sorted by: what Prometheus and charts show. */
    public static final List<Double> BOUNDS_MILLIS = List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0,
            250.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 10_000.0, 30_000.0, 60_000.0);

    /** No sample yet. */
    public static final HistogramSnapshot EMPTY = new HistogramSnapshot(0, 0, 0, 0, 0, 0, 0, 0,
            BOUNDS_MILLIS.stream().map(bound -> new Bucket(bound, 0)).toList());

    /**
     * The samples up to a duration.
     *
     * @param upToMillis the duration
     * @param count samples at or below it, those of shorter durations included
     */
    public record Bucket(double upToMillis, long count) {
    }
}
