// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class OnsetsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Onsets onsets = new Onsets(scheduler.clock(START));

    private Collection<Instant> find(String... texts) {
        scheduler.advance(Duration.ofSeconds(1));
        return onsets.of(Arrays.stream(texts).map(text -> new Finding("seeds", Severity.WARN, text, "")).toList())
                .values();
    }

    /** The numbers in its text change all the time: it is the same fault all the same. */
    @Test
    void shouldTellSinceWhenAFaultIsFoundWhateverItsNumbers() {
        find("2 messages wait, 0.5 % of all.");

        assertEquals(List.of(START.plusSeconds(1)), List.copyOf(find("17 messages wait, 12.25 % of all.")));
    }

    @Test
    void shouldTellFaultsOfOneCheckApart() {
        find("paris at 10.0.0.12:9700 is away.");

        assertEquals(Map.of("seeds paris at 10.0.0.12:9700 is away.", START.plusSeconds(1),
                "seeds rome at 10.0.0.13:9700 is away.", START.plusSeconds(1)), onsets.of(Stream.of("paris at"
                        + " 10.0.0.12:9700 is away.", "rome at 10.0.0.13:9700 is away.")
                        .map(text -> new Finding("seeds", Severity.WARN, text, "")).toList()));
        assertEquals(List.of(START.plusSeconds(1), START.plusSeconds(2)), List.copyOf(
                find("paris at 10.0.0.12:9700 is away.", "paris at 10.0.0.12:9701 is away.")));
    }

    @Test
    void shouldBeginAnewWithAFaultThatCameBack() {
        find("It is full.");
        assertEquals(List.of(), List.copyOf(find()));

        assertEquals(List.of(START.plusSeconds(3)), List.copyOf(find("It is full.")));
    }

    @Test
    void shouldSayNothingOfWhatIsWell() {
        assertEquals(Map.of(), onsets.of(List.of(new Finding("peers", Severity.OK, "3 peers connected.", ""))));
    }
}
