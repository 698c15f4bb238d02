// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Racers;
import org.junit.jupiter.api.Test;

class HealthRaceTest {

    private static final int ROUNDS = 20_000;

    private final Queue<NetworkEvent> events = new ConcurrentLinkedQueue<>();
    private final ManualScheduler clock = new ManualScheduler();
    private final Health monitor = new Health(new HealthSettings(30, 5, 1_000, 3, 300, 0, HealthTest.MOST),
            clock, clock, events::add);
    private final PeerId peer = Peers.alice();

    private static void race(int threads, int rounds, IntConsumer record) throws Exception {
        Racers.race(rounds, Collections.nCopies(threads, record).toArray(IntConsumer[]::new));
    }

    @Test
    void shouldLoseNoRecordWhenThreadsRace() throws Exception {
        Racers.race(ROUNDS, round -> monitor.recordSuccess(peer, round), round -> monitor.recordFailure(peer));

        PeerHealthStats stats = monitor.stats(peer).orElseThrow();
        assertEquals(2 * ROUNDS, stats.totalChecks());
        assertEquals(0.5, stats.successRate());
        assertEquals(2 * ROUNDS, monitor.snapshot().checks());
        assertEquals(ROUNDS, monitor.snapshot().failures());
        assertEquals(events.size(), monitor.snapshot().transitions());
    }

    @Test
    void shouldCountEveryFailureInARowAndTellEachTransitionOnce() throws Exception {
        race(2, ROUNDS, round -> monitor.recordFailure(peer));

        assertEquals(2 * ROUNDS, monitor.stats(peer).orElseThrow().consecutiveFailures());
        assertEquals(2, events.size(), "degraded and unhealthy");
    }

    @Test
    void shouldTellARecoveryOnceHoweverManyThreadsSeeIt() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            monitor.recordFailure(Peers.peer(i));
        }
        events.clear();

        race(2, ROUNDS, round -> monitor.recordSuccess(Peers.peer(round)));

        assertEquals(ROUNDS, events.size());
    }

    @Test
    void shouldKnowEveryPeerOnceWhenThreadsMeetItFirst() throws Exception {
        race(2, ROUNDS, round -> monitor.recordFailure(Peers.peer(round)));

        assertEquals(ROUNDS, monitor.snapshot().peers());
        for (int i = 0; i < ROUNDS; i++) {
            assertEquals(2, monitor.stats(Peers.peer(i)).orElseThrow().consecutiveFailures());
        }
    }

    @Test
    void shouldStayUsableWhenThreadsRecordWhileOthersForget() throws Exception {
        Racers.race(ROUNDS, round -> monitor.recordSuccess(peer), round -> {
            monitor.cleanup();
            monitor.remove(peer);
            monitor.unhealthyPeers();
        });

        monitor.recordSuccess(peer);
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));
        assertEquals(ROUNDS + 1, monitor.snapshot().checks());
    }
}
