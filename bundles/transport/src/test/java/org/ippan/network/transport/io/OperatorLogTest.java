// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperatorLogTest {

    private final List<String> lines = new ArrayList<>();
    private long millis;
    private final OperatorLog log =
            new OperatorLog(() -> TimeUnit.MILLISECONDS.toNanos(millis), lines::add, line -> { });

    /** A peer may connect without end. */
    @Test
    void shouldTellOfOneFailedConnectionASecondAndCountTheRest() {
        for (; millis < 2000; millis += 10) {
            log.failures().accept("failed");
        }
        log.failures().accept("last");

        assertEquals(List.of("failed", "failed (99 other lines left out: more than 1 a second)",
                "last (99 other lines left out: more than 1 a second)"), lines);
    }

    @Test
    void shouldTellOfEverythingElse() {
        log.failures().accept("failed");
        for (int i = 0; i < 10; i++) {
            log.warn().accept("wrong");
        }

        assertEquals(11, lines.size());
    }
}
