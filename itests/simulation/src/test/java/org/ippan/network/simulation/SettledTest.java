// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.gossip.SettledResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A publisher that is told when its message is settled, by real cores. */
class SettledTest {

    private static final long SEED = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_IN_A_STEP = 1000;
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int STEPS = 300;

    private static CompletableFuture<SettledResult> publish(Overlay overlay, int node) {
        return overlay.publishSettled(overlay.nodes.get(node), TIMEOUT);
    }

    /**
     * All publish as fast as they may, in circles too, while each message that is watched has to be everywhere when its
     * publisher is told so.
     */
    @ParameterizedTest
    @EnumSource
    void shouldTellOnlyWhenAllHaveItAndAlwaysInTheEnd(FullSpeed.Layout layout) {
        Overlay overlay = FullSpeed.overlay(layout, SEED);
        int others = overlay.nodes.size() - 1;
        List<CompletableFuture<SettledResult>> futures = new ArrayList<>();
        List<CompletableFuture<Integer>> had = new ArrayList<>();

        for (int step = 0; step < STEPS; step++) {
            for (SimNode node : overlay.nodes) {
                int number = overlay.ledger.entries().size();
                CompletableFuture<Integer> deliveries = new CompletableFuture<>();
                CompletableFuture<SettledResult> future = overlay.publishSettled(node, TIMEOUT);
                if (overlay.ledger.entries().size() > number) {
                    futures.add(future);
                    future.thenRun(() -> deliveries.complete(overlay.ledger.entries().get(number).deliveries()));
                    had.add(deliveries);
                }
                overlay.fill(node, MOST_IN_A_STEP);
            }
            overlay.pass(STEP);
        }
        overlay.pass(TIMEOUT);

        assertTrue(futures.size() > others, futures.size() + " were accepted");
        futures.forEach(future -> assertEquals(new SettledResult(future.join().result(), others, 0), future.join()));
        had.forEach(deliveries -> assertEquals(others, deliveries.join()));
    }

    @Test
    void shouldWaitForTheEndOfAShortCut() {
        Overlay overlay = FullSpeed.overlay(FullSpeed.Layout.CHAIN, SEED);
        overlay.cut(3, 4);

        CompletableFuture<SettledResult> future = publish(overlay, 0);
        overlay.pass(Duration.ofSeconds(2));
        boolean early = future.isDone();
        overlay.network.heal();
        overlay.pass(Duration.ofSeconds(1));

        assertFalse(early);
        assertEquals(4, future.join().nodes());
        assertTrue(future.join().everywhere());
    }

    @Test
    void shouldLeaveOutWhatIsBehindALongCut() {
        Overlay overlay = FullSpeed.overlay(FullSpeed.Layout.CHAIN, SEED);
        overlay.cut(2, 3);

        CompletableFuture<SettledResult> future = publish(overlay, 0);
        overlay.pass(TIMEOUT);

        assertEquals(2, future.join().nodes());
        assertEquals(1, future.join().leftOut());
    }
}
