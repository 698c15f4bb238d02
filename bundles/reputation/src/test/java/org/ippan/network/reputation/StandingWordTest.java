// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The packed word by itself. */
class StandingWordTest {

    private static final ReputationSettings RULES = ReputationSettings.of(ReputationSettings.SCHEMA.parse(Map.of()));
    private static final long WRAP = 1L << 34;

    @Test
    void shouldGiveBackWhatWasPutIn() {
        for (int score : new int[] {-1000, -1, 0, 1, 1000}) {
            long word = StandingWord.of(score, WRAP - 1, 0xFFFF);

            assertEquals(score, StandingWord.written(word));
            assertEquals(score, StandingWord.score(word, WRAP - 1));
            assertTrue(StandingWord.full(word));
            assertTrue(word >= 0);
        }
    }

    @Test
    void shouldIgnoreATotalFromBeforeTheLastChange() {
        long word = StandingWord.of(-300, 100, 0);

        assertEquals(-300, StandingWord.score(word, 90));
        long moved = StandingWord.moved(word, 90, 1, RULES);

        assertEquals(-299, StandingWord.score(moved, 100));
        assertEquals(-289, StandingWord.score(moved, 110));
    }

    @Test
    void shouldDecayOverTheWrapOfTheTotal() {
        long word = StandingWord.of(-300, WRAP - 50, 0);

        assertEquals(-200, StandingWord.score(word, WRAP + 50));
        assertEquals(0, StandingWord.score(word, WRAP + 5000));
        assertEquals(-200, StandingWord.score(StandingWord.moved(word, WRAP, 0, RULES), WRAP + 50));
    }

    @Test
    void shouldPraiseByTheShortWayAsByTheLong() {
        Random random = new Random(5);

        for (int i = 0; i < 100_000; i++) {
            long total = random.nextInt(100);
            long word = StandingWord.moved(StandingWord.of(random.nextInt(2001) - 1000, random.nextInt(100),
                    random.nextInt(0x10000)), 50, 0, RULES);
            int points = random.nextInt(101);

            long praised = StandingWord.praised(word, total, points);

            assertTrue(praised == word || praised == StandingWord.moved(word, total, points, RULES) + 1);
        }
        assertEquals(StandingWord.of(1000, 7, 4), StandingWord.praised(StandingWord.of(995, 7, 3), 7, 9));
    }
}
