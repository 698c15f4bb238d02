// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class OnsetsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Onsets onsets = new Onsets(scheduler.clock(START));

    private Map<String, Instant> find(String... checks) {
        scheduler.advance(Duration.ofSeconds(1));
        return onsets.of(Verdict.of(Arrays.stream(checks).map(check -> new Finding(check, Severity.WARN,
                "It is now " + scheduler.nanos() + ".", "")).toList()));
    }

    /** The numbers in its text change all the time: it is the same fault all the same. */
    @Test
    void shouldTellSinceWhenACheckFindsSomethingWhateverItsText() {
        find("backlog");

        assertEquals(Map.of("backlog", START.plusSeconds(1), "peers", START.plusSeconds(2)), find("backlog", "peers"));
    }

    @Test
    void shouldBeginAnewWithAFaultThatCameBack() {
        find("backlog");
        assertEquals(Map.of(), find());

        assertEquals(Map.of("backlog", START.plusSeconds(3)), find("backlog"));
    }
}
