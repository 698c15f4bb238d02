// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/** Counts what the node does. Lock-free, safe for any thread; recording allocates nothing and reads no clock. */
@ProviderType
public interface NetworkMetrics extends SnapshotSource {

    /** Counts nothing: what stands in while there is no metrics service. */
    NetworkMetrics NOOP = new NoopMetrics();

    /**
     * A message was handed to a peer's socket.
     *
     * @param bytes its length on the wire
     */
    void recordMessageSent(long bytes);

    /**
     * Messages were handed to a peer's socket together.
     *
     * @param messages how many, 0 or more
     * @param bytes their length on the wire
     */
    void recordMessagesSent(int messages, long bytes);

    /**
     * A message was received.
     *
     * @param bytes its length on the wire
     */
    void recordMessageReceived(long bytes);

    /**
     * Messages were received together.
     *
     * @param messages how many, 0 or more
     * @param bytes their length on the wire
     */
    void recordMessagesReceived(int messages, long bytes);

    /** A message could not be sent. */
    void recordMessageFailed();

    /**
     * A frame or message was not used.
     *
     * @param reason why
     */
    void recordMessageDropped(DropReason reason);

    /** A connection was established. */
    void recordConnectionOpened();

    /** An established connection ended. */
    void recordConnectionClosed();

    /** A connection could not be established. */
    void recordConnectionFailed();

    /**
     * The time from when this node published or took in a message until the socket of a peer has taken it.
     *
     * @param nanos duration; negative counts as 0
     */
    void recordLatency(long nanos);

    /**
     * How long a message was under way when it was delivered.
     *
     * @param nanos duration; negative counts as 0
     */
    void recordDeliveryAge(long nanos);

    /**
     * Messages had been under way equally long when they were delivered.
     *
     * @param nanos duration; negative counts as 0
     * @param messages how many, 1 or more
     */
    void recordDeliveryAges(long nanos, int messages);

    /**
     * A round trip of a heartbeat.
     *
     * @param nanos duration; negative counts as 0
     */
    void recordRoundTrip(long nanos);

    /** {@return how many connections are open now: those opened less those closed} */
    int activeConnections();

    /** Starts all counters and histograms again; open connections stay counted. */
    void reset();

    @Override
    NetworkMetricsSnapshot snapshot();
}
