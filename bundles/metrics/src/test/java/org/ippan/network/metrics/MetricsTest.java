// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.metrics.Rates;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final ManualScheduler clock = new ManualScheduler();
    private final Metrics metrics = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)), clock, clock);

    @Test
    void shouldTellNothingButAFullSuccessRateBeforeTheFirstRecord() {
        NetworkMetricsSnapshot snapshot = metrics.snapshot();

        assertEquals(EnumSet.allOf(NetworkCounter.class), snapshot.counters().keySet());
        assertEquals(EnumSet.allOf(DropReason.class), snapshot.dropped().keySet());
        assertEquals(HistogramSnapshot.EMPTY, snapshot.latency());
        assertEquals(Rates.ZERO, snapshot.sinceStart());
        assertEquals(Rates.ZERO, snapshot.last60s());
        assertEquals(1, snapshot.successRate());
    }

    @Test
    void shouldSeedTheAverageWithTheFirstSample() {
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(100));
        assertEquals(100, metrics.snapshot().latency().emaMillis(), 1e-9, "the reference says 10 here");

        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(200));
        assertEquals(110, metrics.snapshot().latency().emaMillis(), 1e-9);
    }

    @Test
    void shouldSeedTheAverageWithAFirstSampleOfZeroToo() {
        metrics.recordLatency(0);
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(100));

        assertEquals(10, metrics.snapshot().latency().emaMillis(), 1e-9);
    }

    @Test
    void shouldCountDropsByReasonAndInAll() {
        for (DropReason reason : DropReason.values()) {
            for (int i = 0; i <= reason.ordinal(); i++) {
                metrics.recordMessageDropped(reason);
            }
        }

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        for (DropReason reason : DropReason.values()) {
            assertEquals(reason.ordinal() + 1, snapshot.dropped(reason), reason.name());
        }
        int reasons = DropReason.values().length;
        assertEquals(reasons * (reasons + 1) / 2, snapshot.counter(NetworkCounter.MESSAGES_DROPPED));
    }

    @Test
    void shouldCountMessagesThatWereSentTogether() {
        metrics.recordMessagesSent(3, 700);
        metrics.recordMessagesSent(0, 0);
        metrics.recordMessageSent(50);

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(4, snapshot.counter(NetworkCounter.MESSAGES_SENT));
        assertEquals(750, snapshot.counter(NetworkCounter.BYTES_SENT));
    }

    @Test
    void shouldCountConnectionsByTheirFate() {
        metrics.recordConnectionOpened();
        metrics.recordConnectionOpened();
        metrics.recordConnectionClosed();
        metrics.recordConnectionFailed();

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(2, snapshot.counter(NetworkCounter.CONNECTIONS_OPENED));
        assertEquals(1, snapshot.counter(NetworkCounter.CONNECTIONS_CLOSED));
        assertEquals(1, snapshot.counter(NetworkCounter.CONNECTIONS_FAILED));
        assertEquals(1, snapshot.activeConnections());
    }

    @Test
    void shouldNeverTellFewerThanNoConnectionsWhenOlderOnesClose() {
        metrics.recordConnectionClosed();
        metrics.recordConnectionClosed();
        assertEquals(0, metrics.activeConnections());

        metrics.recordConnectionOpened();
        assertEquals(1, metrics.activeConnections());
    }

    @Test
    void shouldStartAgainOnResetButKeepOpenConnections() {
        metrics.recordConnectionOpened();
        metrics.recordMessageSent(100);
        metrics.recordMessageDropped(DropReason.DUPLICATE);
        metrics.recordLatency(1_000);
        clock.advance(Duration.ofSeconds(5));

        metrics.reset();

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(0, snapshot.counters().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(0, snapshot.dropped(DropReason.DUPLICATE));
        assertEquals(HistogramSnapshot.EMPTY, snapshot.latency());
        assertEquals(Rates.ZERO, snapshot.last10s());
        assertEquals(0, snapshot.uptimeSeconds());
        assertEquals(1, snapshot.activeConnections());
    }

    @Test
    void shouldCountNegativeValuesAsZero() {
        metrics.recordMessageSent(-1);
        metrics.recordMessageReceived(Long.MIN_VALUE);
        metrics.recordLatency(-1);

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(0, snapshot.counter(NetworkCounter.BYTES_SENT));
        assertEquals(0, snapshot.counter(NetworkCounter.BYTES_RECEIVED));
        assertEquals(1, snapshot.latency().samples());
        assertEquals(0, snapshot.latency().maxMillis());
        assertEquals(0, snapshot.latency().sumMillis());
    }

    @Test
    void shouldKeepTheThreeDistributionsApart() {
        metrics.recordLatency(1_000_000);
        metrics.recordDeliveryAge(2_000_000);
        metrics.recordRoundTrip(3_000_000);

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(1, snapshot.latency().maxMillis());
        assertEquals(2, snapshot.deliveryAge().maxMillis());
        assertEquals(3, snapshot.roundTrip().maxMillis());
    }

    @Test
    void shouldTellPercentilesToThreeDigits() {
        for (int micros = 1; micros <= 10_000; micros++) {
            metrics.recordLatency(TimeUnit.MICROSECONDS.toNanos(micros));
        }

        HistogramSnapshot latency = metrics.snapshot().latency();
        assertEquals(5, latency.p50Millis(), 0.005);
        assertEquals(9, latency.p90Millis(), 0.009);
        assertEquals(9.9, latency.p99Millis(), 0.0099);
        assertEquals(9.99, latency.p999Millis(), 0.00999);
        assertEquals(10, latency.maxMillis());
    }

    @Test
    void shouldSortSamplesIntoBucketsThatIncludeTheirBound() {
        metrics.recordLatency(TimeUnit.MICROSECONDS.toNanos(100));
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(1));
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(3));
        metrics.recordLatency(TimeUnit.HOURS.toNanos(1));

        HistogramSnapshot latency = metrics.snapshot().latency();
        Map<Double, Long> upTo = latency.buckets().stream().collect(Collectors.toMap(
                HistogramSnapshot.Bucket::upToMillis, HistogramSnapshot.Bucket::count));
        assertEquals(HistogramSnapshot.BOUNDS_MILLIS.size(), upTo.size());
        assertEquals(List.of(1L, 1L, 2L, 2L, 3L, 3L, 4L), Stream.of(0.1, 0.5, 1.0, 2.5, 5.0, 30_000.0, 60_000.0)
                .map(upTo::get).toList());
        assertEquals(60_004.1, latency.sumMillis(), 60);
    }

    @Test
    void shouldCountWhatTookTooLongAtTheBoundAndKeepTheMaximumTrue() {
        metrics.recordLatency(TimeUnit.DAYS.toNanos(1));
        metrics.recordLatency(Long.MAX_VALUE);

        HistogramSnapshot latency = metrics.snapshot().latency();
        assertEquals(2, latency.samples());
        assertEquals(60_000, latency.p999Millis(), 60);
        assertEquals(Long.MAX_VALUE / 1e6, latency.maxMillis());
    }

    @Test
    void shouldNotLetASnapshotBeChanged() {
        NetworkMetricsSnapshot snapshot = metrics.snapshot();

        assertThrows(UnsupportedOperationException.class, () -> snapshot.counters().clear());
        assertThrows(UnsupportedOperationException.class, () -> snapshot.dropped().clear());
    }

    @Test
    void shouldDescribeEveryMeasure() {
        assertEquals(List.of(), Descriptions.undescribed(NetworkMetricsSnapshot.class));
    }
}
