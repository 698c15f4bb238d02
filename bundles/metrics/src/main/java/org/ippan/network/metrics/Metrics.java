// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;

/**
 * The core: striped counters, lock-free distributions and, from a sample each second, rates. Safe for any thread;
 * recording allocates nothing, reads no clock and feels no snapshot.
 */
final class Metrics implements NetworkMetrics {

    private static final long SAMPLE_SECONDS = 1;

    private final Ticker ticker;
    private final AtomicInteger active = new AtomicInteger();
    private volatile MetricsSettings settings;
    private volatile Epoch epoch;

    /**
     * Starts counting.
     *
     * @param settings what is in force until {@link #apply}
     * @param ticker the clock of snapshots and samples
     * @param timer samples the counters; its maker stops it
     */
    Metrics(MetricsSettings settings, Ticker ticker, ScheduledExecutorService timer) {
        this.settings = settings;
        this.ticker = ticker;
        this.epoch = new Epoch(ticker.nanos());
        timer.scheduleWithFixedDelay(this::sample, SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes over settings; what was counted stays. */
    void apply(MetricsSettings newSettings) {
        settings = newSettings;
    }

    private void sample() {
        epoch.sample(ticker.nanos());
    }

    @Override
    public void recordMessageSent(long bytes) {
        Epoch now = epoch;
        now.count(NetworkCounter.MESSAGES_SENT);
        now.count(NetworkCounter.BYTES_SENT, bytes);
    }

    @Override
    public void recordMessagesSent(int messages, long bytes) {
        Epoch now = epoch;
        now.count(NetworkCounter.MESSAGES_SENT, messages);
        now.count(NetworkCounter.BYTES_SENT, bytes);
    }

    @Override
    public void recordMessageReceived(long bytes) {
        Epoch now = epoch;
        now.count(NetworkCounter.MESSAGES_RECEIVED);
        now.count(NetworkCounter.BYTES_RECEIVED, bytes);
    }

    @Override
    public void recordMessagesReceived(int messages, long bytes) {
        Epoch now = epoch;
        now.count(NetworkCounter.MESSAGES_RECEIVED, messages);
        now.count(NetworkCounter.BYTES_RECEIVED, bytes);
    }

    @Override
    public void recordMessageFailed() {
        epoch.count(NetworkCounter.MESSAGES_FAILED);
    }

    @Override
    public void recordMessageDropped(DropReason reason) {
        Objects.requireNonNull(reason, "reason");
        epoch.countDropped(reason);
    }

    @Override
    public void recordConnectionOpened() {
        active.incrementAndGet();
        epoch.count(NetworkCounter.CONNECTIONS_OPENED);
    }

    /** Connections may be older than this service, which saw none of them open: never below 0. */
    @Override
    public void recordConnectionClosed() {
        active.getAndUpdate(open -> Math.max(0, open - 1));
        epoch.count(NetworkCounter.CONNECTIONS_CLOSED);
    }

    @Override
    public void recordConnectionFailed() {
        epoch.count(NetworkCounter.CONNECTIONS_FAILED);
    }

    @Override
    public void recordLatency(long nanos) {
        epoch.latency.record(nanos, 1, settings);
    }

    @Override
    public void recordDeliveryAge(long nanos) {
        epoch.deliveryAge.record(nanos, 1, settings);
    }

    @Override
    public void recordDeliveryAges(long nanos, int messages) {
        epoch.deliveryAge.record(nanos, messages, settings);
    }

    @Override
    public void recordRoundTrip(long nanos) {
        epoch.roundTrip.record(nanos, 1, settings);
    }

    @Override
    public int activeConnections() {
        return active.get();
    }

    @Override
    public void reset() {
        epoch = new Epoch(ticker.nanos());
    }

    @Override
    public NetworkMetricsSnapshot snapshot() {
        return epoch.snapshot(ticker.nanos(), active.get());
    }
}
