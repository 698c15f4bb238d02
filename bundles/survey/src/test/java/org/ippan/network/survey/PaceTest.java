// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ippan.network.survey.settings.SurveySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a node speaks. */
class PaceTest {

    private static final SurveySettings DEFAULTS =
            SurveySettings.of(SurveySettings.SCHEMA.parse(Map.of()));

    private long now = TimeUnit.HOURS.toNanos(1);
    private final Pace pace = new Pace(new Random(1), DEFAULTS, now);

    @ParameterizedTest
    @CsvSource({"1, 10", "5, 10", "41, 10.01", "100, 24.41", "1000, 244.1", "100000, 600"})
    void shouldGrowTheIntervalWithTheNetwork(int nodes, double seconds) {
        pace.adapt(DEFAULTS, nodes);

        assertEquals(seconds, pace.seconds(), 0.05);
    }

    @Test
    void shouldSpeakOnceAnIntervalGiveOrTakeATenth() {
        assertTrue(pace.isDue(false, now));
        pace.sent(now);

        int sent = 0;
        for (int second = 1; second <= 1000; second++) {
            now += TimeUnit.SECONDS.toNanos(1);
            if (pace.isDue(false, now)) {
                pace.sent(now);
                sent++;
            }
        }

        // Looked at once a second: an interval of 9 to 11 seconds is rounded up.
        assertTrue(sent >= 90 && sent <= 105, sent + " records in 1000 s");
    }

    @Test
    void shouldTellTwoChangesAtOnceAndThenOneAnInterval() {
        pace.isDue(true, now);
        pace.sent(now);
        assertFalse(dueAfter(2), "too fast for those who hear it");
        assertTrue(dueAfter(1));
        pace.sent(now);

        assertFalse(dueAfter(3), "the bucket is empty");
        assertTrue(dueAfter(7));
    }

    @Test
    void shouldHaveATokenForAChangeWhileAllIsQuiet() {
        pace.isDue(false, now);
        pace.sent(now);
        for (int second = 0; second < 100; second++) {
            now += TimeUnit.SECONDS.toNanos(1);
            if (pace.isDue(false, now)) {
                pace.sent(now);
            }
        }

        assertTrue(dueAfter(3) || dueAfter(3));
    }

    @Test
    void shouldWaitWithANewLifeUntilOthersTakeIt() {
        pace.isDue(true, now);
        pace.sent(now);
        assertTrue(dueAfter(3));
        pace.sent(now);
        pace.left(now);

        assertFalse(dueAfter(2), "too fast for those who heard the last one");
        assertTrue(dueAfter(1), "however many were sent before");
    }

    private boolean dueAfter(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        return pace.isDue(true, now);
    }
}
