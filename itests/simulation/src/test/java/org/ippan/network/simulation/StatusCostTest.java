// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What status records cost each node, announcements included, at the pace that the survey has: one of each node in n ·
 * 1 000 B / 4 096 B/s, and at least 10 s. With {@code -Dstatus.nodes=1000} in the largest network too.
 */
class StatusCostTest {

    private static final long SEED = 16;
    /** A record with 16 links. */
    private static final int RECORD = 400;
    private static final int DIALS = 4;
    /** As many as the interval of ten seconds is long enough for: each publishes three times. */
    private static final int SMALL = 40;
    private static final int SECONDS = 30;

    static IntStream sizes() {
        return IntStream.of(5, SMALL, Integer.getInteger("status.nodes", 5)).distinct();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void shouldCostEachNodeNoMoreThanItsBudget(int nodes) {
        Overlay overlay = new Overlay(new Overlay.Shape(nodes, Math.min(DIALS, nodes - 1), 0, RECORD, Map.of()), SEED);
        double interval = Math.max(10, nodes * 1000 / 4096.0);
        int seconds = nodes > SMALL ? 4 * SECONDS : SECONDS;
        publish(overlay, Duration.ofSeconds(Math.max(SECONDS, seconds / 2)), interval);
        long before = overlay.network.bytesDelivered();
        overlay.pass(Duration.ofSeconds(seconds));
        long idle = overlay.network.bytesDelivered() - before;

        publish(overlay, Duration.ofSeconds(seconds), interval);

        double each = (double) (overlay.network.bytesDelivered() - before - 2 * idle) / seconds / nodes / 1000;
        System.out.printf(Locale.ROOT, "%d nodes, a record in %.0f s: %.2f kB/s%n", nodes, interval, each);
        assertTrue(each <= (nodes == 5 ? 0.5 : nodes == SMALL ? 3 : 4.5), each + " kB/s");
        assertEquals(0, overlay.complaints().size(), overlay.complaints()::toString);
    }

    /** Each node in turn. */
    private static void publish(Overlay overlay, Duration duration, double interval) {
        Duration gap = Duration.ofNanos((long) (interval * 1e9 / overlay.nodes.size()));
        for (long left = duration.dividedBy(gap), number = 0; left > 0; left--, number++) {
            overlay.publish(overlay.nodes.get((int) (number % overlay.nodes.size())));
            overlay.pass(gap);
        }
    }
}
