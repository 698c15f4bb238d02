// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;

/**
 * What this node counts, in all and for each topic of its applications, sampled every 10 seconds: rates are means of
 * that time. Confined to one thread.
 */
public final class Counted {

    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLES_AN_HOUR = 360;
    private static final double NANOS = 1e9;
    private static final int PERMILLE = 1000;
    private static final long MIB = 1024 * 1024;

    private final Machine machine;
    private final Deque<Long> missed = new ArrayDeque<>();
    private Sample last;
    private NodeNumbers numbers = NodeNumbers.NONE;
    private List<NodeTopic> topics = List.of();

    /**
     * What is known of the process.
     *
     * @param cpu processor time it has used
     * @param heap bytes in use
     * @param processors how many there are
     */
    public record Machine(Supplier<Duration> cpu, LongSupplier heap, int processors) {
    }

    /** Counters at one moment. */
    record Sample(long nanos, GossipSnapshot gossip, Duration cpu) {

        long perSecond(Sample before, ToLongFunction<GossipSnapshot> counter) {
            return perSecond(before, counter.applyAsLong(gossip) - counter.applyAsLong(before.gossip));
        }

        long perSecond(Sample before, long grown) {
            return share(before, grown * NANOS);
        }

        long cpuPermille(Sample before, int processors) {
            return share(before, (double) PERMILLE * cpu.minus(before.cpu).toNanos() / processors);
        }

        /** By the time between; 0 for the first sample, and for counters that began again. */
        private long share(Sample before, double amount) {
            return before == this ? 0 : Math.max(0, Math.round(amount / (nanos - before.nanos)));
        }
    }

    Counted(Machine machine) {
        this.machine = machine;
    }

    /** The newest numbers. */
    NodeNumbers now(Bound bound, long now) {
        if (last == null || now - last.nanos >= SAMPLE_NANOS) {
            numbers = bound.gossip == null ? numbers : sample(bound, now);
        }
        return numbers;
    }

    /** Those with most messages, as of the newest numbers. */
    List<NodeTopic> topics() {
        return topics;
    }

    private NodeNumbers sample(Bound bound, long now) {
        Sample next = new Sample(now, bound.gossip.snapshot(), machine.cpu.get());
        Sample before = last == null ? next : last;
        last = next;
        topics = Topics.of(before, next);
        missed.add(next.gossip.missed());
        long hourAgo = missed.size() > SAMPLES_AN_HOUR ? missed.poll() : missed.peek();
        NetworkMetricsSnapshot metrics = bound.gossip.metrics();
        return new NodeNumbers(next.perSecond(before, gossip -> gossip.bodiesReceived() - gossip.duplicates()),
                next.perSecond(before, GossipSnapshot::duplicates), next.perSecond(before, GossipSnapshot::delivered),
                next.perSecond(before, GossipSnapshot::published), Math.round(metrics.last10s().bytesReceived()),
                Math.round(metrics.last10s().bytesSent()),
                next.gossip.outbound().stream().mapToLong(OutboundSnapshot::lagBytes).sum(),
                Math.round(metrics.deliveryAge().p99Millis()), Math.max(0, next.gossip.missed() - hourAgo),
                bound.directory().map(PeerDirectory::snapshot).map(PeersSnapshot::known).orElse(0),
                bound.services.find(ReputationManager.class).map(ReputationManager::snapshot)
                        .map(ReputationSnapshot::banned).orElse(0),
                machine.heap.getAsLong() / MIB, next.cpuPermille(before, machine.processors));
    }
}
