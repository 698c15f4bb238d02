// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Racers;
import org.junit.jupiter.api.Test;

class MetricsRaceTest {

    private static final int RECORDS = 100_000;
    private static final MetricsSettings MINUTE = new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1));
    private static final MetricsSettings SECOND = new MetricsSettings(0.5, TimeUnit.SECONDS.toNanos(1));

    private final ManualScheduler clock = new ManualScheduler();
    private final Metrics metrics = new Metrics(MINUTE, clock, clock);

    private void recordAll(int round) {
        for (int i = 0; i < RECORDS; i++) {
            metrics.recordMessageSent(3);
            metrics.recordMessageReceived(5);
            metrics.recordMessageFailed();
            metrics.recordMessageDropped(DropReason.DUPLICATE);
            metrics.recordConnectionOpened();
            metrics.recordConnectionOpened();
            metrics.recordConnectionClosed();
            metrics.recordLatency(TimeUnit.SECONDS.toNanos(2));
        }
    }

    @Test
    void shouldLoseNothingWhenThreadsRaceAndSettingsChange() throws Exception {
        Racers.race(1, this::recordAll, this::recordAll, round -> {
            for (int i = 0; i < RECORDS; i++) {
                metrics.apply(i % 2 == 0 ? SECOND : MINUTE);
            }
        });

        long all = 2L * RECORDS;
        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(all, snapshot.counter(NetworkCounter.MESSAGES_SENT));
        assertEquals(3 * all, snapshot.counter(NetworkCounter.BYTES_SENT));
        assertEquals(all, snapshot.counter(NetworkCounter.MESSAGES_RECEIVED));
        assertEquals(5 * all, snapshot.counter(NetworkCounter.BYTES_RECEIVED));
        assertEquals(all, snapshot.counter(NetworkCounter.MESSAGES_FAILED));
        assertEquals(all, snapshot.dropped(DropReason.DUPLICATE));
        assertEquals(all, snapshot.activeConnections());
        assertEquals(all, snapshot.latency().samples());
        assertEquals(2_000, snapshot.latency().emaMillis(), 1e-9);
    }

    @Test
    void shouldTellSnapshotsThatAgreeWithThemselvesWhileThreadsRecord() throws Exception {
        Racers.race(1, this::recordAll, round -> {
            long samples = 0;
            while (samples < RECORDS) {
                NetworkMetricsSnapshot snapshot = metrics.snapshot();
                HistogramSnapshot latency = snapshot.latency();
                long sent = snapshot.counter(NetworkCounter.MESSAGES_SENT);
                long tried = sent + snapshot.counter(NetworkCounter.MESSAGES_FAILED);
                assertEquals(tried == 0 ? 1 : sent / (double) tried, snapshot.successRate());
                assertEquals(snapshot.counter(NetworkCounter.MESSAGES_DROPPED), snapshot.dropped(DropReason.DUPLICATE));
                assertEquals(sent, snapshot.sinceStart().messagesSent());
                assertTrue(latency.samples() >= samples, "samples only grow");
                assertTrue(latency.samples() == 0 || latency.maxMillis() == 2_000 && latency.p50Millis() >= 1_998);
                samples = latency.samples();
            }
        });
    }

    @Test
    void shouldLoseNeitherTheFirstSampleNorTheMaximumWhenThreadsRaceForThem() throws Exception {
        Set<Double> averages = new HashSet<>();
        Set<Double> maxima = new HashSet<>();
        for (int batch = 0; batch < 20; batch++) {
            Distribution[] fresh = IntStream.range(0, 100).mapToObj(i -> new Distribution())
                    .toArray(Distribution[]::new);

            Racers.race(fresh.length, round -> fresh[round].record(TimeUnit.MILLISECONDS.toNanos(100), 1, MINUTE),
                    round -> fresh[round].record(TimeUnit.MILLISECONDS.toNanos(200), 1, MINUTE));

            Arrays.stream(fresh).map(Distribution::snapshot).forEach(snapshot -> {
                averages.add(snapshot.emaMillis());
                maxima.add(snapshot.maxMillis());
            });
        }

        averages.removeAll(Set.of(110.0, 190.0));
        assertEquals(Set.of(), averages, "one is the seed, the other counts a tenth");
        assertEquals(Set.of(200.0), maxima);
    }
}
