// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsRaceTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 50_000;
    private static final MetricsSettings MINUTE = new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1));
    private static final MetricsSettings SECOND = new MetricsSettings(0.5, TimeUnit.SECONDS.toNanos(1));

    private final ManualScheduler clock = new ManualScheduler();
    private final Metrics metrics = new Metrics(MINUTE, clock, clock);
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private List<Future<?>> race(Runnable record) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> racing = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            racing.add(pool.submit(() -> {
                start.await();
                for (int i = 0; i < ROUNDS; i++) {
                    record.run();
                }
                return null;
            }));
        }
        return racing;
    }

    private static void await(List<Future<?>> racing) throws Exception {
        for (Future<?> thread : racing) {
            thread.get(20, TimeUnit.SECONDS);
        }
    }

    private void recordAll() {
        metrics.recordMessageSent(3);
        metrics.recordMessageReceived(5);
        metrics.recordMessageFailed();
        metrics.recordMessageDropped(DropReason.DUPLICATE);
        metrics.recordConnectionOpened();
        metrics.recordConnectionOpened();
        metrics.recordConnectionClosed();
        metrics.recordLatency(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void shouldLoseNothingWhenThreadsRaceAndSettingsChange() throws Exception {
        List<Future<?>> racing = race(this::recordAll);
        while (racing.stream().anyMatch(thread -> !thread.isDone())) {
            metrics.apply(SECOND);
            metrics.apply(MINUTE);
        }
        await(racing);

        long all = (long) THREADS * ROUNDS;
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
        List<Future<?>> racing = race(this::recordAll);
        long samples = 0;
        while (racing.stream().anyMatch(thread -> !thread.isDone())) {
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
        await(racing);
    }

    @Test
    void shouldNotLoseTheFirstSampleWhenTwoThreadsRaceForIt() throws Exception {
        Set<Double> averages = new HashSet<>();
        for (int round = 0; round < 1_000; round++) {
            Distribution distribution = new Distribution();
            CyclicBarrier start = new CyclicBarrier(2);
            Future<?> other = pool.submit(() -> {
                start.await();
                distribution.record(TimeUnit.MILLISECONDS.toNanos(100), MINUTE);
                return null;
            });
            start.await();
            distribution.record(TimeUnit.MILLISECONDS.toNanos(200), MINUTE);
            await(List.of(other));
            averages.add(distribution.snapshot().emaMillis());
        }

        averages.removeAll(Set.of(110.0, 190.0));
        assertEquals(Set.of(), averages, "one is the seed, the other counts a tenth");
    }
}
