// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.ippan.network.testkit.SimLimits;
import org.ippan.network.testkit.SimNetwork;

/**
 * All nodes publish as fast as they may, over equal slow links. Between connected nodes of which none is slow nothing
 * may be lost, nothing may stand still, and no node may be kept from publishing by the others.
 */
final class FullSpeed {

    private static final int PAYLOAD = 4096;
    private static final long CACHE_BYTES = 4L << 20;
    private static final SimLimits LIMITS = new SimLimits(1 << 20, 4096, 128 << 10, 20_000_000, Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofSeconds(10));
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int MOST_IN_A_STEP = 1000;
    private static final Duration CATCHING_UP = Duration.ofSeconds(15);

    private final Overlay overlay;
    private final long[] published;
    private final long[] delivered;
    private final long[] movedAt;
    private long longestStill;

    /** Who is linked with whom. */
    enum Layout {
        MESH(5), CHAIN(5), RING(6), RANDOM(20);

        private static final int LINKS = 8;

        private final int nodes;

        Layout(int nodes) {
            this.nodes = nodes;
        }

        private List<Set<Integer>> links(long seed) {
            List<Set<Integer>> links = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                links.add(new TreeSet<>());
            }
            for (int i = 0; i < nodes; i++) {
                if (this == MESH) {
                    for (int j = 0; j < i; j++) {
                        links.get(i).add(j);
                    }
                } else if (this == RING || this == CHAIN && i > 0) {
                    links.get(i).add((i + nodes - 1) % nodes);
                }
            }
            if (this == RANDOM) {
                random(links, new SplittableRandom(seed));
            }
            return links;
        }

        /** Links pairs at random until each node has its links, or so many tries were in vain. */
        private void random(List<Set<Integer>> links, RandomGenerator random) {
            int[] degree = new int[nodes];
            for (int tries = 0; tries < 100 * nodes; tries++) {
                int one = random.nextInt(nodes);
                int other = random.nextInt(nodes);
                if (one != other && degree[one] < LINKS && degree[other] < LINKS && !links.get(other).contains(one)
                        && links.get(one).add(other)) {
                    degree[one]++;
                    degree[other]++;
                }
            }
        }
    }

    /**
     * What came of it.
     *
     * @param published messages that were accepted
     * @param missed deliveries that did not happen
     * @param overrun messages that left a log before a link had sent them
     * @param repaired messages that came because they were asked for
     * @param longestStillMillis the longest time in which a node neither published nor was given anything
     * @param smallestShare what the node that published least published, over what the most busy one did
     * @param mismatches how often a publisher's messages were others at a peer
     * @param announcedUnproven messages announced to peers that were to have them from their publishers
     */
    record Outcome(long published, long missed, long overrun, long repaired, long longestStillMillis,
            double smallestShare, long mismatches, long announcedUnproven) {
    }

    private FullSpeed(Layout layout, long seed) {
        int nodes = layout.nodes;
        this.overlay = overlay(layout, seed);
        this.published = new long[nodes];
        this.delivered = new long[nodes];
        this.movedAt = new long[nodes];
    }

    /** Nodes with little memory over equal slow links, which have met. */
    static Overlay overlay(Layout layout, long seed) {
        return new Overlay(
                new Overlay.Shape(layout.nodes, 0, 0, PAYLOAD, Map.of("cacheBytes", CACHE_BYTES)), seed,
                new Overlay.Ground(SimNetwork.Latency.uniform(Duration.ofMillis(1), 0.2), LIMITS,
                        layout.links(seed)));
    }

    /** Runs a network for a time, and until all has arrived. */
    static Outcome run(Layout layout, long seed, Duration time, Progress progress) {
        FullSpeed run = new FullSpeed(layout, seed);
        Arrays.fill(run.movedAt, run.overlay.scheduler.nanos());
        for (long step = 0; step < time.dividedBy(STEP); step++) {
            run.step((int) step);
            progress.at(run.overlay);
        }
        run.overlay.pass(CATCHING_UP);
        return run.outcome();
    }

    /** Each may begin once, so that none is always first. */
    private void step(int first) {
        int nodes = published.length;
        for (int i = 0; i < nodes; i++) {
            int node = (first + i) % nodes;
            published[node] += overlay.fill(overlay.nodes.get(node), MOST_IN_A_STEP);
        }
        overlay.pass(STEP);
        long now = overlay.scheduler.nanos();
        for (int node = 0; node < nodes; node++) {
            long moved = published[node] + overlay.nodes.get(node).gossip.delivered();
            if (moved != delivered[node]) {
                delivered[node] = moved;
                movedAt[node] = now;
            }
            longestStill = Math.max(longestStill, now - movedAt[node]);
        }
    }

    private Outcome outcome() {
        long due = 0;
        for (Ledger.Entry entry : overlay.ledger.entries()) {
            due += published.length - 1 - entry.deliveries();
        }
        long most = Arrays.stream(published).max().orElseThrow();
        long least = Arrays.stream(published).min().orElseThrow();
        return new Outcome(Arrays.stream(published).sum(), due, sum(node -> node.gossip.snapshot().overrun()),
                sum(node -> node.gossip.snapshot().repaired()), TimeUnit.NANOSECONDS.toMillis(longestStill),
                (double) least / most, sum(node -> node.gossip.mismatches()),
                sum(node -> node.gossip.announcedUnproven()));
    }

    private long sum(ToLongFunction<SimNode> count) {
        return overlay.nodes.stream().mapToLong(count).sum();
    }
}
