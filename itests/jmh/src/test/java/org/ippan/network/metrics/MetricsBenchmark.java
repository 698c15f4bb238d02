// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.SlidingTimeWindowArrayReservoir;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;
import org.ippan.network.api.Ticker;
import org.ippan.network.jmh.OneStep;
import org.ippan.network.testkit.ManualScheduler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts a message sent and its latency, beside the libraries that count; {@code -t 2} for two threads. */
@State(Scope.Benchmark)
public class MetricsBenchmark extends OneStep {

    private static final int HIGHEST = 1_000_000_000;

    private final Metrics metrics = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)),
            Ticker.system(), new ManualScheduler());
    private final LongAdder adder = new LongAdder();
    private final Recorder recorder = new Recorder(HIGHEST, 2);
    private final Counter counter = new Counter();
    private final Histogram histogram = new Histogram(new SlidingTimeWindowArrayReservoir(1, TimeUnit.SECONDS));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final io.micrometer.core.instrument.Counter meter = registry.counter("sent");
    private final DistributionSummary summary = DistributionSummary.builder("latency").publishPercentileHistogram()
            .register(registry);

    /** A thread's own latencies, all over the place. */
    @State(Scope.Thread)
    public static class Latency {

        private int i;

        long next() {
            return 20_000 + (i++ * 7_919L & 0xF_FFFF);
        }
    }

    @Benchmark
    public void ippan(Latency latency) {
        long nanos = latency.next();
        metrics.recordMessageSent(nanos);
        metrics.recordLatency(nanos);
    }

    @Benchmark
    public void hdrHistogram(Latency latency) {
        adder.increment();
        recorder.recordValue(latency.next());
    }

    @Benchmark
    public void dropwizard(Latency latency) {
        counter.inc();
        histogram.update(latency.next());
    }

    @Benchmark
    public void micrometer(Latency latency) {
        meter.increment();
        summary.record(latency.next());
    }
}
