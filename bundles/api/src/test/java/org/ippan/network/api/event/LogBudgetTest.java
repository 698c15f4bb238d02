// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogBudgetTest {

    private final List<String> lines = new ArrayList<>();
    private long millis;
    private final LogBudget log = new LogBudget(() -> TimeUnit.MILLISECONDS.toNanos(millis), 3, lines::add);

    @Test
    void shouldLogFewLinesInAnySecondAndCountTheRest() {
        for (; millis < 10_000; millis += 10) {
            log.accept("line");
        }

        assertEquals(30, lines.size());
        millis = 20_000;
        log.accept("last");
        assertEquals("last (97 other lines left out: more than 3 a second)", lines.get(30));
    }

    @Test
    void shouldSayWhetherALineAboutAStateWasLoggedAndLogFewInTenMinutes() {
        LogBudget states = LogBudget.ofStates(() -> TimeUnit.MILLISECONDS.toNanos(millis), lines::add);
        long logged = 0;
        for (; millis < TimeUnit.HOURS.toMillis(1); millis += 1000) {
            logged += states.offer("line") ? 1 : 0;
        }

        assertEquals(36, lines.size());
        assertEquals(36, logged);
    }

    @Test
    void shouldLeaveOutNothingWhileLinesAreFew() {
        for (; millis < 10_000; millis += 400) {
            log.accept("line");
        }

        assertEquals(List.of("line"), lines.stream().distinct().toList());
        assertEquals(25, lines.size());
    }
}
