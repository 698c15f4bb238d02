// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Cases that every release keeps: metric recording, latency, active connections, snapshot calculation. */
class MetricsCasesTest {

    private final ManualScheduler clock = new ManualScheduler();
    private final NetworkMetrics metrics = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)), clock,
            clock);

    @Test
    void shouldRecordMetrics() {
        metrics.recordMessageSent(100);
        metrics.recordMessageSent(200);
        metrics.recordMessageReceived(150);
        metrics.recordMessageFailed();

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(2, snapshot.counter(NetworkCounter.MESSAGES_SENT));
        assertEquals(1, snapshot.counter(NetworkCounter.MESSAGES_RECEIVED));
        assertEquals(1, snapshot.counter(NetworkCounter.MESSAGES_FAILED));
        assertEquals(300, snapshot.counter(NetworkCounter.BYTES_SENT));
        assertEquals(150, snapshot.counter(NetworkCounter.BYTES_RECEIVED));
    }

    @Test
    void shouldRecordManyAtOnceLikeOneByOne() {
        NetworkMetrics each = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)), clock, clock);
        for (long millis : new long[] {10, 30, 30, 30, 5}) {
            each.recordMessageReceived(100);
            each.recordDeliveryAge(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        metrics.recordMessagesReceived(5, 500);
        metrics.recordDeliveryAge(TimeUnit.MILLISECONDS.toNanos(10));
        metrics.recordDeliveryAges(TimeUnit.MILLISECONDS.toNanos(30), 3);
        metrics.recordDeliveryAges(TimeUnit.MILLISECONDS.toNanos(5), 1);

        NetworkMetricsSnapshot expected = each.snapshot();
        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(5, snapshot.counter(NetworkCounter.MESSAGES_RECEIVED));
        assertEquals(500, snapshot.counter(NetworkCounter.BYTES_RECEIVED));
        assertEquals(expected.deliveryAge().samples(), snapshot.deliveryAge().samples());
        assertEquals(expected.deliveryAge().p50Millis(), snapshot.deliveryAge().p50Millis());
        assertEquals(expected.deliveryAge().emaMillis(), snapshot.deliveryAge().emaMillis(), 1e-9);
    }

    @Test
    void shouldTrackLatency() {
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(10));
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(20));
        metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos(15));

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(3, snapshot.latency().samples());
        assertEquals(20, snapshot.latency().maxMillis());
        assertEquals(15, snapshot.latency().p50Millis(), 0.02);
    }

    @Test
    void shouldTrackActiveConnections() {
        metrics.recordConnectionOpened();
        metrics.recordConnectionOpened();
        assertEquals(2, metrics.activeConnections());

        metrics.recordConnectionClosed();
        assertEquals(1, metrics.activeConnections());
    }

    @Test
    void shouldCalculateTheSnapshot() {
        for (int i = 0; i < 10; i++) {
            metrics.recordMessageSent(100);
        }
        metrics.recordMessageFailed();
        metrics.recordMessageFailed();
        clock.advance(Duration.ofSeconds(2));

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(10.0 / 12, snapshot.successRate(), 1e-9);
        assertEquals(5, snapshot.sinceStart().messagesSent(), 1e-9);
        assertEquals(500, snapshot.sinceStart().bytesSent(), 1e-9);
        assertEquals(2, snapshot.uptimeSeconds(), 1e-9);
    }
}
