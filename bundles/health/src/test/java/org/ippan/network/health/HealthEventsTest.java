// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class HealthEventsTest {

    private final List<NetworkEvent> events = new ArrayList<>();
    private final ManualScheduler clock = new ManualScheduler();
    private final Health monitor = new Health(new HealthSettings(30, 5, 1_000, 3, 300, 0, HealthTest.MOST),
            clock, clock, events::add);
    private final PeerId peer = Peers.alice();

    private List<String> told() {
        return events.stream().map(NetworkEvent::text).toList();
    }

    private String is(String verdict) {
        return "peer " + peer.shortForm() + " is " + verdict;
    }

    @Test
    void shouldTellEachTransitionOnceAndNeverARecord() {
        for (int i = 0; i < 10; i++) {
            monitor.recordSuccess(peer);
        }
        assertEquals(List.of(), told(), "a peer that works is no news");

        for (int i = 0; i < 10; i++) {
            monitor.recordFailure(peer);
        }
        for (int i = 0; i < 10; i++) {
            monitor.recordSuccess(peer);
        }

        assertEquals(List.of(is("degraded: failures in a row 1, last success 0 s ago"),
                is("unhealthy: failures in a row 3, last success 0 s ago"), is("healthy: it answered again")), told());
        assertEquals(3, monitor.snapshot().transitions());
        assertEquals(EventType.HEALTH_CHANGED, events.get(0).type());
        assertEquals(Optional.of(peer), events.get(0).peer());
    }

    @Test
    void shouldTellStalenessOnceByTimeAlone() {
        monitor.recordSuccess(peer);

        clock.advance(Duration.ofSeconds(299));
        assertEquals(List.of(), told());

        clock.advance(Duration.ofSeconds(200));
        assertEquals(List.of(is("unhealthy: failures in a row 0, last success 300 s ago")), told());

        monitor.recordSuccess(peer);
        clock.advance(Duration.ofSeconds(10));
        assertEquals(is("healthy: it answered again"), told().get(1));
        assertEquals(2, events.size());
    }

    @Test
    void shouldNotTellStalenessAgainWhenTheThresholdIsReachedToo() {
        monitor.recordFailure(peer);
        clock.advance(Duration.ofSeconds(310));
        monitor.recordFailure(peer);
        monitor.recordFailure(peer);

        assertEquals(List.of(is("degraded: failures in a row 1, no success yet"),
                is("unhealthy: failures in a row 1, no success yet")), told());
    }

    @Test
    void shouldTellWhatChangedSettingsChanged() {
        monitor.recordSuccess(peer);
        monitor.recordFailure(peer);
        monitor.recordFailure(peer);

        monitor.apply(new HealthSettings(30, 5, 1_000, 2, 300, 0, HealthTest.MOST));
        clock.advance(Duration.ofSeconds(2));
        monitor.apply(new HealthSettings(30, 5, 1_000, 10, 300, 0, HealthTest.MOST));
        clock.advance(Duration.ofSeconds(2));

        assertEquals(List.of(is("degraded: failures in a row 1, last success 0 s ago"),
                is("unhealthy: failures in a row 2, last success 1 s ago"),
                is("healthy: failures in a row 2, last success 3 s ago")), told());
    }

    @Test
    void shouldTellNothingOfAForgottenPeer() {
        monitor.recordSuccess(peer);
        monitor.remove(peer);

        clock.advance(Duration.ofSeconds(1_000));

        assertEquals(List.of(), told());
    }
}
