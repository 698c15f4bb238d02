// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long faults go on to be felt after they stopped. */
class WeatherTest {

    @Test
    void shouldHaveDeliveredAllThatWasUnderWayAfterTheLongestDelay() {
        Overlay overlay = new Overlay(new Overlay.Shape(2, 1, 0, 200, Map.of()), 1);
        Weather weather = new Weather(overlay.network);
        weather.lose(0.3);
        weather.slow(Duration.ofSeconds(4));

        for (int message = 0; message < 100; message++) {
            overlay.publish(overlay.nodes.get(0));
            overlay.pass(Duration.ofMillis(20));
        }
        weather.clear();
        long before = overlay.ledger.entries().stream().filter(entry -> entry.reached(1)).count();
        overlay.pass(Weather.LONGEST_DELAY);

        assertTrue(before < 100, "nothing was under way");
        assertEquals(100, overlay.ledger.entries().stream().filter(entry -> entry.reached(1)).count());
    }
}
