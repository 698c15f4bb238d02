// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell, with a real timer. */
class ReputationComponentTest {

    @TempDir
    private Path folder;

    private ReputationComponent start(Map<String, Object> raw) {
        FakeContainer container = new FakeContainer(Map.of(), folder);
        ReputationComponent component = new ReputationComponent(raw, container.context());
        component.publish(container.context());
        return component;
    }

    private static long timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().equals("ippan-reputation-timer")).count();
    }

    @Test
    void shouldTellListenersThoughOneThrows() throws InterruptedException {
        ReputationComponent component = start(Map.of("invalidPoints", "-600"));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        component.addListener(event -> {
            throw new IllegalStateException("a listener that throws");
        });
        NetworkEventListener listener = (NetworkEvent event) -> heard
                .add(event.type() + " on " + Thread.currentThread().getName());
        component.addListener(listener);

        component.core.recordInvalid(Peers.alice(), Cause.MESSAGE_REJECTED);

        // Which of them it is depends on whether the other listener has thrown by then.
        String how = String.valueOf(heard.poll(10, TimeUnit.SECONDS));
        assertTrue(how.startsWith(EventType.PEER_BANNED + " on ippan-reputation-events-"), how);
        component.removeListener(listener);
        component.deactivate();
    }

    @Test
    void shouldKeepBansOverARestartAndLeaveNoThread() {
        ReputationComponent first = start(Map.of());
        PeerStandingHandle handle = first.core.handle(Peers.alice());
        for (int i = 0; i < 25; i++) {
            handle.recordInvalid(Cause.MESSAGE_REJECTED);
        }
        first.deactivate();
        // A pool has ended a moment before its last thread has.
        Eventually.until("its timer is gone", Duration.ofSeconds(10), () -> timers() == 0);

        handle.recordSuccess(Cause.MESSAGE_ACCEPTED);
        ReputationComponent second = start(Map.of());

        assertTrue(second.core.shouldBan(Peers.alice()));
        assertEquals(-500, second.core.score(Peers.alice()).value());
        assertEquals(Standing.BANNED, handle.standing());
        second.deactivate();
    }

    @Test
    void shouldStayActiveWithBadSettings() {
        ReputationComponent component = start(Map.of("banThreshold", "abc"));

        assertTrue(component.settings().lastConfigError().orElseThrow().contains("banThreshold = abc"));
        component.modified(Map.of("banThreshold", "-200", "warnThreshold", "-50"));
        assertFalse(component.settings().lastConfigError().isPresent());
        assertEquals(-200, component.core.rules().banThreshold());
        component.modified(Map.of("banThreshold", "-20", "warnThreshold", "-50"));

        assertEquals(-200, component.core.rules().banThreshold());
        component.deactivate();
    }
}
