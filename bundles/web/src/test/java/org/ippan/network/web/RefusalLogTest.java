// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.web.http.RefusalLog;
import org.junit.jupiter.api.Test;

/** What is logged of refusals, in manual time. */
class RefusalLogTest {

    private final ManualScheduler time = new ManualScheduler();
    private final RefusalLog log = new RefusalLog(time);
    private final List<String> said = new ArrayList<>();

    private void refuse(String kind) {
        log.note(kind, () -> said.add(kind));
    }

    @Test
    void shouldSayEachKindOnceWhileItGoesOn() {
        for (int second = 0; second < 600; second++) {
            refuse("a");
            refuse("b");
            time.advance(Duration.ofSeconds(1));
        }

        assertEquals(List.of("a", "b"), said);
    }

    @Test
    void shouldSayItAgainAfterAQuietMinute() {
        refuse("a");
        time.advance(Duration.ofSeconds(59));
        refuse("a");
        time.advance(Duration.ofSeconds(59));
        refuse("a");
        assertEquals(List.of("a"), said);

        time.advance(Duration.ofSeconds(60));
        refuse("a");

        assertEquals(List.of("a", "a"), said);
    }
}
