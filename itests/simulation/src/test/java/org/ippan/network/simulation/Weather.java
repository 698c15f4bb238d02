// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.testkit.SimNetwork;
import org.ippan.network.testkit.SimTransport;

/**
 * What happens to a network: partitions, pairs of nodes that hear nothing of each other, nodes that stand still, delays
 * and losses. TCP repeats what is lost, so that a loss is a delay, doubled each time.
 */
final class Weather implements SimNetwork.Latency {

    /** Nothing is later than this, unless the network is cut. */
    static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final long FIRST_REPEAT = TimeUnit.MILLISECONDS.toNanos(200);

    private final SimNetwork network;
    private final SimNetwork.Latency fair = new Wan();
    private final Set<SimTransport> island = new HashSet<>();
    private final Set<Set<SimTransport>> clogged = new HashSet<>();
    private final Set<SimTransport> still = new HashSet<>();
    private double loss;
    private long extraNanos;

    Weather(SimNetwork network) {
        this.network = network;
        network.delay(this);
    }

    @Override
    public long nanos(SimTransport from, SimTransport to, RandomGenerator random) {
        long nanos = fair.nanos(from, to, random) + (extraNanos == 0 ? 0 : random.nextLong(extraNanos));
        for (long repeat = FIRST_REPEAT; loss > 0 && random.nextDouble() < loss; repeat *= 2) {
            nanos += repeat;
        }
        return Math.min(LONGEST_DELAY.toNanos(), nanos);
    }

    /** Each segment is lost with a probability. */
    void lose(double share) {
        loss = share;
    }

    /** Each segment takes up to so much longer. */
    void slow(Duration most) {
        extraNanos = most.toNanos();
    }

    /** A node is cut off from those that are not in the same part. */
    void isolate(SimTransport node) {
        island.add(node);
        apply();
    }

    /** Two nodes hear nothing of each other. */
    void clog(SimTransport one, SimTransport other) {
        clogged.add(Set.of(one, other));
        apply();
    }

    /** A node's process stands still. */
    void still(SimTransport node, boolean on) {
        if (on) {
            still.add(node);
        } else {
            still.remove(node);
        }
        apply();
    }

    /** All parts are one again; whoever stands still goes on doing so. */
    void heal() {
        island.clear();
        clogged.clear();
        apply();
    }

    /** All is as it should be, but for those who stand still. */
    void clear() {
        loss = 0;
        extraNanos = 0;
        heal();
    }

    private void apply() {
        network.cut((from, to) -> island.contains(from) != island.contains(to) || still.contains(from)
                || still.contains(to) || !clogged.isEmpty() && clogged.contains(Set.of(from, to)));
    }
}
