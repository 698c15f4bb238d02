// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import java.util.Map;
import org.ippan.network.api.snapshot.Measure;

/**
 * What the node has done so far.
 *
 * @param counters every counter, immutable; never null for any {@link NetworkCounter}
 * @param dropped why frames and messages were not used, immutable; never null for any {@link DropReason}
 * @param activeConnections connections open now
 * @param uptimeSeconds time since start or reset
 * @param latency from when this node published or took in a message until the socket of a peer has taken it
 * @param deliveryAge how long messages were under way when delivered, estimated without clocks
 * @param roundTrip round trips of heartbeats
 * @param sinceStart rates since start or reset
 * @param last1s rates over the last second
 * @param last10s rates over the last 10 seconds
 * @param last60s rates over the last minute
 * @param successRate messages sent by messages sent and failed, 0 to 1; 1 before the first
 */
public record NetworkMetricsSnapshot(
        @Measure(value = "Every counter of the network.", counter = true) Map<NetworkCounter, Long> counters,
        @Measure(value = "Frames and messages not used, by reason.", unit = "messages", counter = true)
        Map<DropReason, Long> dropped,
        @Measure(value = "Connections open now.", unit = "connections") int activeConnections,
        @Measure(value = "Time since start or reset.", unit = "seconds") double uptimeSeconds,
        @Measure(value = "From when this node published or took in a message until the socket of a peer has taken it.",
                unit = "milliseconds")
        HistogramSnapshot latency,
        @Measure(value = "How long messages were under way when delivered, estimated without clocks.",
                unit = "milliseconds") HistogramSnapshot deliveryAge,
        @Measure(value = "Round trips of heartbeats.", unit = "milliseconds") HistogramSnapshot roundTrip,
        @Measure(value = "Rates since start or reset.", unit = "per second") Rates sinceStart,
        @Measure(value = "Rates over the last second.", unit = "per second") Rates last1s,
        @Measure(value = "Rates over the last 10 seconds.", unit = "per second") Rates last10s,
        @Measure(value = "Rates over the last minute.", unit = "per second") Rates last60s,
        @Measure(value = "Share of messages whose sending did not fail.", unit = "ratio") double successRate) {

    /** Nothing counted: what is shown while there is no metrics service. */
    public static final NetworkMetricsSnapshot EMPTY = new NetworkMetricsSnapshot(Map.of(), Map.of(), 0, 0,
            HistogramSnapshot.EMPTY, HistogramSnapshot.EMPTY, HistogramSnapshot.EMPTY, Rates.ZERO, Rates.ZERO,
            Rates.ZERO, Rates.ZERO, 1);

    /**
     * One counter.
     *
     * @param counter which
     * @return its value, 0 if it is unknown
     */
    public long counter(NetworkCounter counter) {
        return counters.getOrDefault(counter, 0L);
    }

    /**
     * How much was dropped for one reason.
     *
     * @param reason why
     * @return how many frames or messages
     */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }
}
