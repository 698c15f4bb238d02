// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All publish as fast as they may; {@code -Dfullspeed.seconds=4} for longer. */
class FullSpeedTest {

    private static final long SEED = 1;
    /** Far more than it takes to fill the logs. */
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fullspeed.seconds", 2));

    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingAndNeverStandStillAndBeFairToAll(FullSpeed.Layout layout) {
        FullSpeed.Outcome outcome = FullSpeed.run(layout, SEED, TIME, Progress.NONE);

        assertEquals(0, outcome.missed(), outcome.toString());
        assertTrue(outcome.longestStillMillis() <= 1000, outcome.toString());
        assertTrue(outcome.smallestShare() >= 0.5, outcome.toString());
        assertEquals(0, outcome.mismatches(), outcome.toString());
        assertTrue(layout != FullSpeed.Layout.MESH || outcome.announcedUnproven() == 0, outcome.toString());
    }
}
