// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.junit.jupiter.api.Test;

class MetricsComponentTest {

    private final FakeContainer container = new FakeContainer();

    private static Optional<Thread> timer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ippan-metrics-timer")).findAny();
    }

    @Test
    void shouldOwnOneDaemonThreadThatIsGoneAfterDeactivation() throws InterruptedException {
        MetricsComponent component = new MetricsComponent(Map.of());
        component.publish(container.context());
        Thread timer = timer().orElseThrow();
        assertTrue(timer.isDaemon());

        component.deactivate();

        timer.join(TimeUnit.SECONDS.toMillis(5));
        assertFalse(timer.isAlive());
    }

    @Test
    void shouldStartOnDefaultsWithABadValueAndRecover() {
        MetricsComponent component = new MetricsComponent(Map.of("emaAlpha", "abc"));
        component.publish(container.context());
        component.core.recordMessageSent(1);
        assertTrue(component.settings().lastConfigError().orElseThrow().contains("emaAlpha = abc"));
        assertEquals("0.1", component.settings().displayed().get("emaAlpha"));

        component.modified(Map.of("emaAlpha", "0.2"));

        assertEquals(Optional.empty(), component.settings().lastConfigError());
        assertEquals("0.2", component.settings().displayed().get("emaAlpha"));
        assertEquals(1, component.core.snapshot().counter(NetworkCounter.MESSAGES_SENT));
        component.deactivate();
    }
}
