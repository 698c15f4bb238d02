// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;

/**
 * All that is counted from one start or reset to the next: a reset is a new epoch, and a record that raced with it
 * counts wholly in one of the two. Recording is lock-free for any thread.
 */
final class Epoch {

    final Distribution latency = new Distribution();
    final Distribution deliveryAge = new Distribution();
    final Distribution roundTrip = new Distribution();

    private final LongAdder[] counters = adders(NetworkCounter.values().length);
    private final LongAdder[] dropped = adders(DropReason.values().length);
    private final RateHistory rates;
    private final long startNanos;

    Epoch(long startNanos) {
        this.startNanos = startNanos;
        this.rates = new RateHistory(startNanos);
    }

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    void count(NetworkCounter counter) {
        counters[counter.ordinal()].increment();
    }

    void count(NetworkCounter counter, long amount) {
        counters[counter.ordinal()].add(Math.max(0, amount));
    }

    void countDropped(DropReason reason) {
        dropped[reason.ordinal()].increment();
    }

    /** Remembers the counters as they are, for rates; called each second. */
    void sample(long nowNanos) {
        rates.add(totals(nowNanos, counters()));
    }

    /** Reads each counter once; all that is derived is computed from these values. */
    NetworkMetricsSnapshot snapshot(long nowNanos, int activeConnections) {
        Map<DropReason, Long> reasons = dropped();
        Map<NetworkCounter, Long> values = counters();
        values.put(NetworkCounter.MESSAGES_DROPPED, reasons.values().stream().mapToLong(Long::longValue).sum());
        RateHistory.Totals now = totals(nowNanos, values);
        long tried = now.messagesSent() + values.get(NetworkCounter.MESSAGES_FAILED);
        return new NetworkMetricsSnapshot(Collections.unmodifiableMap(values), Collections.unmodifiableMap(reasons),
                activeConnections, (nowNanos - startNanos) / (double) TimeUnit.SECONDS.toNanos(1),
                latency.snapshot(), deliveryAge.snapshot(), roundTrip.snapshot(),
                rates.sinceStart(now), rates.last(1, now), rates.last(10, now), rates.last(60, now),
                tried == 0 ? 1 : now.messagesSent() / (double) tried);
    }

    private Map<NetworkCounter, Long> counters() {
        Map<NetworkCounter, Long> values = new EnumMap<>(NetworkCounter.class);
        Arrays.stream(NetworkCounter.values())
                .forEach(counter -> values.put(counter, counters[counter.ordinal()].sum()));
        return values;
    }

    private Map<DropReason, Long> dropped() {
        Map<DropReason, Long> values = new EnumMap<>(DropReason.class);
        Arrays.stream(DropReason.values()).forEach(reason -> values.put(reason, dropped[reason.ordinal()].sum()));
        return values;
    }

    private static RateHistory.Totals totals(long nowNanos, Map<NetworkCounter, Long> values) {
        return new RateHistory.Totals(nowNanos, values.get(NetworkCounter.MESSAGES_SENT),
                values.get(NetworkCounter.MESSAGES_RECEIVED), values.get(NetworkCounter.BYTES_SENT),
                values.get(NetworkCounter.BYTES_RECEIVED));
    }
}
