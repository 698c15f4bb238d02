// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

/** Counts nothing. */
final class NoopMetrics implements NetworkMetrics {

    @Override
    public void recordMessageSent(long bytes) {
        // counts nothing
    }

    @Override
    public void recordMessagesSent(int messages, long bytes) {
        // counts nothing
    }

    @Override
    public void recordMessageReceived(long bytes) {
        // counts nothing
    }

    @Override
    public void recordMessagesReceived(int messages, long bytes) {
        // counts nothing
    }

    @Override
    public void recordMessageFailed() {
        // counts nothing
    }

    @Override
    public void recordMessageDropped(DropReason reason) {
        // counts nothing
    }

    @Override
    public void recordConnectionOpened() {
        // counts nothing
    }

    @Override
    public void recordConnectionClosed() {
        // counts nothing
    }

    @Override
    public void recordConnectionFailed() {
        // counts nothing
    }

    @Override
    public void recordLatency(long nanos) {
        // counts nothing
    }

    @Override
    public void recordDeliveryAge(long nanos) {
        // counts nothing
    }

    @Override
    public void recordDeliveryAges(long nanos, int messages) {
        // counts nothing
    }

    @Override
    public void recordRoundTrip(long nanos) {
        // counts nothing
    }

    @Override
    public int activeConnections() {
        return 0;
    }

    @Override
    public void reset() {
        // nothing to forget
    }

    @Override
    public NetworkMetricsSnapshot snapshot() {
        return NetworkMetricsSnapshot.EMPTY;
    }
}
