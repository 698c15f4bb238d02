// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** What the tables say of a case. Of losses they give the sum of all rounds, of everything else median and spread. */
enum Column {
    RATE("deliveries/s", 0, outcome -> outcome.figures().distinct() / outcome.figures().seconds()),
    CPU("CPU us", 2, outcome -> each(outcome, outcome.figures().usage().cpuNanos() / 1e3)),
    ALLOCATED("bytes allocated", 0, outcome -> each(outcome, outcome.figures().usage().allocated())),
    P50("p50 ms", 2, outcome -> millis(outcome.figures().micros(), 50)),
    P99("p99 ms", 2, outcome -> millis(outcome.figures().micros(), 99)),
    MAX("max ms", 1, outcome -> millis(outcome.figures().micros(), 100)),
    URGENT("p99 of HIGH ms", 2, outcome -> millis(outcome.figures().urgentMicros(), 99)),
    COLLECTION("longest GC ms", 0, outcome -> outcome.figures().longestMillis()),
    PEAK("heap after GC MiB", 0, outcome -> mebi(outcome.figures().peakBytes())),
    LIVE("live heap MiB", 0, outcome -> mebi(outcome.figures().liveBytes())),
    PUBLISHED("published", 0, Outcome::published),
    MISSING("missing", outcome -> outcome.missing()),
    DOUBLED("doubled", outcome -> outcome.figures().doubled()),
    DISORDERED("out of order", outcome -> outcome.figures().disordered()),
    WARM_UP_MISSING("missing in warm-up", outcome -> outcome.warmUpMissing());

    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MIB = 1024 * 1024;

    private final String title;
    private final int decimals;
    private final boolean loss;
    private final ToDoubleFunction<Outcome> value;

    Column(String title, int decimals, ToDoubleFunction<Outcome> value) {
        this(title, decimals, false, value);
    }

    Column(String title, ToDoubleFunction<Outcome> loss) {
        this(title, 0, true, loss);
    }

    Column(String title, int decimals, boolean loss, ToDoubleFunction<Outcome> value) {
        this.title = title;
        this.decimals = decimals;
        this.loss = loss;
        this.value = value;
    }

    private static double each(Outcome outcome, double all) {
        return all / outcome.figures().distinct();
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    private static double mebi(double bytes) {
        return bytes / MIB;
    }

    String title() {
        return title;
    }

    boolean isLoss() {
        return loss;
    }

    double of(Outcome outcome) {
        return value.applyAsDouble(outcome);
    }

    /** For people: with separators of thousands. */
    String show(double number) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    /** For programs; empty where nothing arrived. */
    String plain(double number) {
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
