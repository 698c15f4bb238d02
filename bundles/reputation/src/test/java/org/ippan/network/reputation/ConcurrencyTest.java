// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Real threads at one peer and at one table; what a record and a peer cost. */
class ConcurrencyTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 300_000;

    /** Manual time is not for several threads: nothing here lets it pass while they run. */
    private final Bench bench = Bench.inMemory();
    private final Reputation reputation = bench.reputation;

    private static void race(IntConsumer work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(THREADS);
        AtomicLong done = new AtomicLong();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                start.countDown();
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                work.accept(number);
                done.incrementAndGet();
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        assertEquals(THREADS, done.get());
    }

    @Test
    void shouldLoseNoUpdateWhenThreadsRace() throws InterruptedException {
        PeerStandingHandle handle = reputation.handle(Peers.alice());

        race(number -> {
            for (int i = 0; i < ROUNDS; i++) {
                handle.recordSuccess(Cause.MESSAGE_ACCEPTED);
                if (i % 100 == 0) {
                    reputation.recordFailure(Peers.alice(), Cause.PING_MISSED);
                }
            }
        });

        PeerReputation alice = reputation.stats(Peers.alice()).orElseThrow();
        assertEquals(THREADS * ROUNDS, alice.successes());
        assertEquals(THREADS * ROUNDS / 100, alice.failures());
    }

    @Test
    void shouldAddUpExactlyWhenThreadsRace() throws InterruptedException {
        PeerStandingHandle handle = reputation.handle(Peers.alice());

        race(number -> {
            for (int i = 0; i < 200; i++) {
                handle.recordSuccess(Cause.MESSAGE_ACCEPTED);
            }
            for (int i = 0; i < 20; i++) {
                handle.recordFailure(Cause.PING_MISSED);
            }
        });

        assertEquals(THREADS * (200 - 20 * 5), bench.score(Peers.alice()));
    }

    @Test
    void shouldTellEachDecisionOnceWhenThreadsRace() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            PeerId peer = Peers.peer(i);
            race(number -> {
                for (int n = 0; n < 10; n++) {
                    reputation.recordInvalid(peer, Cause.MESSAGE_REJECTED);
                }
            });
        }

        assertEquals(50, reputation.snapshot().bans());
        assertEquals(50, reputation.snapshot().warnings());
    }

    @Test
    void shouldMissNoBannedPeerWhileTheTableChanges() throws InterruptedException {
        bench.set("maxPeers", 500);
        for (int i = 0; i < 20; i++) {
            bench.invalid(Peers.peer(-1 - i), 30);
        }
        AtomicBoolean missed = new AtomicBoolean();

        race(number -> {
            for (int i = 0; i < 10_000; i++) {
                if (number < 2) {
                    reputation.recordSuccess(Peers.peer(i * 2L + number), Cause.MESSAGE_ACCEPTED);
                } else if (!reputation.shouldBan(Peers.peer(-1 - i % 20))) {
                    missed.set(true);
                }
            }
        });

        assertFalse(missed.get());
        assertTrue(reputation.peerCount() <= 500);
        assertEquals(20_000, reputation.snapshot().successes());
    }

    @Test
    void shouldAnswerWhileAnEntryIsLocked() throws InterruptedException {
        PeerEntry alice = reputation.entry(Peers.alice());
        AtomicLong answered = new AtomicLong();
        Thread other = new Thread(() -> {
            reputation.shouldBan(Peers.alice());
            reputation.recordSuccess(Peers.alice(), Cause.MESSAGE_ACCEPTED);
            alice.standing();
            answered.incrementAndGet();
        });

        synchronized (alice) {
            other.start();
            other.join(TimeUnit.SECONDS.toMillis(10));
            assertEquals(1, answered.get());
        }
    }

    @Test
    void shouldAllocateNothingForRecordsAndChecks() {
        PeerStandingHandle handle = reputation.handle(Peers.alice());
        PeerId id = Peers.alice();
        bench.fail(id, 40);
        PeerStandingHandle other = reputation.handle(Peers.bob());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 20_000; i++) {
                other.recordSuccess(Cause.MESSAGE_ACCEPTED);
                reputation.recordSuccess(id, Cause.MESSAGE_ACCEPTED);
                handle.recordFailure(Cause.PING_MISSED);
                reputation.shouldBan(id);
                handle.standing();
                handle.score();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }

        assertTrue(least < 1000, least + " bytes in 120000 calls");
    }

    @Test
    void shouldTakeAtMost128BytesForAPeerWithItsId() {
        Bench wide = Bench.inMemory(Map.of("maxPeers", 1_000_000));
        int peers = 65_700;
        wide.succeed(Peers.peer(-1), 1);
        long before = usedAfterCollecting();

        for (int i = 0; i < peers; i++) {
            wide.reputation.recordSuccess(Peers.peer(i), Cause.MESSAGE_ACCEPTED);
        }

        double each = (double) (usedAfterCollecting() - before) / peers;
        assertEquals(peers + 1, wide.reputation.peerCount());
        assertTrue(each <= 128, each + " bytes");
        assertTrue(each >= 64, each + " bytes");
    }

    private static long usedAfterCollecting() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
