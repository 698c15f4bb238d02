// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shell: never fails for a bad value, leaves no thread. */
class DedupComponentTest {

    private static boolean timerLives() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(DedupComponentTest::isTimer);
    }

    private static boolean isTimer(Thread thread) {
        return thread.getName().equals("ippan-dedup-timer") && thread.isAlive();
    }

    @Test
    void shouldRunOnTheDefaultsOfBadKeysAndTakeTheCorrectionLive() {
        DedupComponent component = new DedupComponent(null, Map.of("capacity", "abc", "windowSeconds", "60"));
        component.checkAndMark(Dedups.id(1));

        assertEquals(1_000_000, component.snapshot().capacity());
        assertEquals(60, component.snapshot().windowSeconds());
        assertTrue(component.settings().lastConfigError().orElseThrow().contains("capacity = abc"));

        component.modified(null, Map.of("capacity", "500", "windowSeconds", "60"));

        assertEquals(500, component.snapshot().capacity());
        assertTrue(component.settings().lastConfigError().isEmpty());
        assertTrue(component.hasSeen(Dedups.id(1)));
        assertEquals(1, component.size());
        component.clear();
        assertEquals(0, component.size());
        component.deactivate();
    }

    @Test
    void shouldLeaveNoThreadAfterDeactivation() throws InterruptedException {
        DedupComponent component = new DedupComponent(null, Map.of());
        boolean started = timerLives();

        component.deactivate();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (isTimer(thread)) {
                thread.join(Duration.ofSeconds(5).toMillis());
            }
        }
        assertTrue(started);
        assertFalse(timerLives());
    }
}
