// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.HeapShare;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.junit.jupiter.api.Test;

/** The shell: never fails for a bad value, leaves no thread. */
class DedupComponentTest {

    private final FakeContainer container = new FakeContainer();

    private static boolean timerLives() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(DedupComponentTest::isTimer);
    }

    private static boolean isTimer(Thread thread) {
        return thread.getName().equals("ippan-dedup-timer") && thread.isAlive();
    }

    @Test
    void shouldRunOnTheDefaultsOfBadKeysAndTakeTheCorrectionLive() {
        DedupComponent component = new DedupComponent(Map.of("capacity", "abc", "windowSeconds", "60"));
        component.publish(container.context());
        component.core.checkAndMark(Dedups.id(1));

        assertEquals(Math.min(1_000_000, HeapShare.IDS.bytes() / 48),
                component.core.snapshot().capacity());
        assertEquals(60, component.core.snapshot().windowSeconds());
        assertTrue(component.settings().lastConfigError().orElseThrow().contains("capacity = abc"));

        component.modified(Map.of("capacity", "500", "windowSeconds", "60"));

        assertEquals(500, component.core.snapshot().capacity());
        assertTrue(component.settings().lastConfigError().isEmpty());
        assertTrue(component.core.hasSeen(Dedups.id(1)));
        assertEquals(1, component.core.size());
        component.core.clear();
        assertEquals(0, component.core.size());
        component.deactivate();
    }

    @Test
    void shouldPublishNoKeyOfItsConfiguration() {
        DedupComponent component = new DedupComponent(Map.of("Capacity", "5", "ippan.Name", "x", "capacity", "6"));

        component.publish(container.context());

        assertEquals(Set.of(Map.of("ippan.name", "Dedup")), Set.copyOf(container.registered()));
        component.deactivate();
        assertEquals(List.of(), container.registered());
    }

    @Test
    void shouldLeaveNoThreadAfterDeactivation() throws InterruptedException {
        DedupComponent component = new DedupComponent(Map.of());
        component.publish(container.context());
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
