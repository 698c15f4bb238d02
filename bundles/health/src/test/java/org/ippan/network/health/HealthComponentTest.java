// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.junit.jupiter.api.Test;

class HealthComponentTest {

    private final FakeContainer container = new FakeContainer();

    private static Optional<Thread> timer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ippan-health-timer")).findAny();
    }

    @Test
    void shouldOwnOneDaemonThreadThatIsGoneAfterDeactivation() throws InterruptedException {
        HealthComponent component = new HealthComponent(Map.of());
        component.publish(container.context());
        Thread timer = timer().orElseThrow();
        assertTrue(timer.isDaemon());

        component.deactivate();

        timer.join(TimeUnit.SECONDS.toMillis(5));
        assertFalse(timer.isAlive());
    }

    @Test
    void shouldStartOnDefaultsWithABadValueAndRecover() {
        HealthComponent component = new HealthComponent(Map.of("failureThreshold", "abc"));
        component.publish(container.context());
        component.core.recordFailure(Peers.alice());
        assertEquals(3, component.core.policy().failureThreshold());
        assertTrue(component.settings().lastConfigError().orElseThrow().contains("failureThreshold = abc"));

        component.modified(Map.of("failureThreshold", "1"));

        assertEquals(Optional.empty(), component.settings().lastConfigError());
        assertEquals(PeerHealth.UNHEALTHY, component.core.health(Peers.alice()));
        component.deactivate();
    }

    @Test
    void shouldTellTheOtherListenersWhenOneThrows() {
        HealthComponent component = new HealthComponent(Map.of());
        component.publish(container.context());
        Queue<NetworkEvent> events = new ConcurrentLinkedQueue<>();
        NetworkEventListener listener = events::add;
        component.bindListener(event -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        component.bindListener(listener);

        component.core.recordFailure(Peers.alice());
        Eventually.until("the other listener hears of it", Duration.ofSeconds(10), () -> events.size() == 1);
        component.unbindListener(listener);
        component.core.recordSuccess(Peers.alice());

        assertEquals(1, events.size());
        component.deactivate();
    }
}
