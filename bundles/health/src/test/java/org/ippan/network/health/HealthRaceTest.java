// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthRaceTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 50_000;

    private final Queue<NetworkEvent> events = new ConcurrentLinkedQueue<>();
    private final ManualScheduler clock = new ManualScheduler();
    private final Health monitor = new Health(new HealthSettings(30, 5, 3, 300), clock, clock, events::add);
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final PeerId peer = Peers.alice();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private void race(int rounds, IntConsumer record) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> racing = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            racing.add(pool.submit(() -> {
                start.await();
                for (int i = 0; i < rounds; i++) {
                    record.accept(first + i * THREADS);
                }
                return null;
            }));
        }
        for (Future<?> thread : racing) {
            thread.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldLoseNoRecordWhenThreadsRace() throws Exception {
        race(ROUNDS, i -> {
            if (i % 3 == 0) {
                monitor.recordFailure(peer);
            } else {
                monitor.recordSuccess(peer, i);
            }
        });

        int all = THREADS * ROUNDS;
        PeerHealthStats stats = monitor.stats(peer).orElseThrow();
        int failures = (all + 2) / 3;
        assertEquals(all, stats.totalChecks());
        assertEquals(1 - failures / (double) all, stats.successRate(), 1e-9);
        assertEquals(all, monitor.snapshot().checks());
        assertEquals(failures, monitor.snapshot().failures());
        assertEquals(events.size(), monitor.snapshot().transitions());
    }

    @Test
    void shouldTellATransitionOnceHoweverManyThreadsFail() throws Exception {
        for (int round = 0; round < 200; round++) {
            PeerId failing = Peers.peer(round);
            events.clear();

            race(2, i -> monitor.recordFailure(failing));

            assertEquals(PeerHealth.UNHEALTHY, monitor.health(failing));
            assertEquals(2, events.size(), "degraded and unhealthy: " + events);
        }
    }

    @Test
    void shouldKnowEveryPeerOnceWhenThreadsMeetItFirst() throws Exception {
        int peers = 1_000;

        race(peers, i -> monitor.recordFailure(Peers.peer(i / THREADS)));

        assertEquals(peers, monitor.snapshot().peers());
        assertEquals((long) peers * THREADS, monitor.snapshot().checks());
        for (int i = 0; i < peers; i++) {
            assertEquals(THREADS, monitor.stats(Peers.peer(i)).orElseThrow().consecutiveFailures());
        }
    }

    @Test
    void shouldStayUsableWhenThreadsRecordWhileOthersForget() throws Exception {
        race(ROUNDS, i -> {
            switch (i % THREADS) {
                case 0 -> monitor.cleanup();
                case 1 -> monitor.remove(peer);
                case 2 -> monitor.unhealthyPeers();
                default -> monitor.recordSuccess(peer);
            }
        });

        monitor.recordSuccess(peer);
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));
        assertEquals(ROUNDS + 1, monitor.snapshot().checks());
    }
}
