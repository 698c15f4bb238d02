// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.gossip.SettledResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults on purpose at all nodes at once: the real chaos core, and the real cores that bear it.
 * {@code -Dfaults.seconds=10} for more traffic, and for full speed over links at random too.
 */
class FaultsTest {

    private static final long SEED = 1;
    private static final int SHORT = 3;
    private static final int SECONDS = Integer.getInteger("faults.seconds", SHORT);
    private static final Map<String, ?> FAULTS = Map.of("dropOutbound", 500, "dropInbound", 500,
            "extraLatencyMillisMin", 25, "extraLatencyMillisMax", 150, "minutes", 1);
    private static final Overlay.Shape TWENTY = new Overlay.Shape(20, 4, 4, 256, Map.of());
    private static final Overlay.Shape FEW = new Overlay.Shape(5, 2, 2, 256, Map.of());
    private static final Duration REPAIR = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(1);
    /** Half of it has to be longer than what is held on the way there and back. */
    private static final int STEPS = 1000;
    private static final int MOST_IN_A_STEP = 1000;

    private static void trouble(Overlay overlay, Map<String, ?> faults) {
        overlay.nodes.forEach(node -> node.chaos.set(faults));
    }

    private static int missing(Overlay overlay) {
        return overlay.ledger.entries().stream().mapToInt(entry -> overlay.nodes.size() - 1 - entry.deliveries()).sum();
    }

    private static long lost(Overlay overlay) {
        return overlay.nodes.stream().map(node -> node.chaos.snapshot())
                .mapToLong(counts -> counts.droppedInbound() + counts.droppedOutbound()).sum();
    }

    /**
     * Publishers' bytes that count as under way when all is over would hold publishers for ever; and a node that
     * lost something must not take the publisher for one that gives others something else.
     */
    private static void assertNothingIsOwed(Overlay overlay) {
        overlay.nodes.forEach(node -> assertEquals(0, node.gossip.snapshot().underWayBytes(), "node " + node.number));
        overlay.nodes.forEach(node -> assertEquals(0, node.gossip.mismatches(), "node " + node.number));
    }

    @Test
    void shouldDeliverAllAmongTwentyNodesAndTellPublishers() {
        Overlay overlay = new Overlay(TWENTY, SEED);
        trouble(overlay, FAULTS);
        List<CompletableFuture<SettledResult>> futures = new ArrayList<>();

        for (int i = 0; i < 20 * SECONDS; i++) {
            futures.add(overlay.publishSettled(overlay.anyAlive(), Duration.ofSeconds(20)));
            overlay.pass(Duration.ofMillis(50));
        }
        overlay.pass(REPAIR);

        assertTrue(lost(overlay) > 30 * SECONDS, "lost on purpose: " + lost(overlay));
        assertEquals(futures.size(), overlay.ledger.entries().size());
        assertEquals(0, missing(overlay), "of " + futures.size() + " messages, lost on purpose " + lost(overlay));
        assertTrue(futures.stream().allMatch(CompletableFuture::isDone));
        assertEquals(List.of(), overlay.complaints());
        assertNothingIsOwed(overlay);
    }

    static Set<FullSpeed.Layout> layouts() {
        return SECONDS > SHORT ? EnumSet.allOf(FullSpeed.Layout.class)
                : EnumSet.complementOf(EnumSet.of(FullSpeed.Layout.RANDOM));
    }

    /** Where there is no other way, and where publishers wait for windows that losses must not use up. */
    @ParameterizedTest
    @MethodSource("layouts")
    void shouldNeitherStandStillNorLoseMuchAtFullSpeed(FullSpeed.Layout layout) {
        Overlay overlay = FullSpeed.overlay(layout, SEED);
        trouble(overlay, FAULTS);
        int[] published = new int[overlay.nodes.size()];

        for (int step = 0; step < STEPS; step++) {
            if (step == STEPS / 2) {
                published = new int[published.length];
            }
            for (SimNode node : overlay.nodes) {
                published[node.number] += overlay.fill(node, MOST_IN_A_STEP);
            }
            overlay.pass(STEP);
        }
        overlay.pass(REPAIR);

        for (int node = 0; node < published.length; node++) {
            assertTrue(published[node] > 0, "node " + node + " stood still");
        }
        assertNothingIsOwed(overlay);
        int all = overlay.ledger.entries().size() * (overlay.nodes.size() - 1);
        assertTrue(missing(overlay) <= all / 1000, "missing " + missing(overlay) + " of " + all);
        assertEquals(List.of(), overlay.complaints());
    }

    @Test
    void shouldEndByItself() {
        Overlay overlay = new Overlay(FEW, SEED);
        trouble(overlay, FAULTS);
        overlay.traffic(10, Duration.ofSeconds(1));
        overlay.pass(Duration.ofMinutes(1));
        long lost = lost(overlay);
        assertTrue(lost > 0, "something was lost");

        overlay.traffic(10, Duration.ofSeconds(1));
        overlay.pass(REPAIR);

        assertEquals(lost, lost(overlay));
        assertTrue(overlay.nodes.stream().map(node -> node.chaos.snapshot()).noneMatch(ChaosSnapshot::active));
        assertEquals(0, missing(overlay));
    }
}
