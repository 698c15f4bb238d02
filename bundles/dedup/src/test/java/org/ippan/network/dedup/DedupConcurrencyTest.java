// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Real threads. */
class DedupConcurrencyTest {

    private static final int THREADS = 4;
    private static final int IDS = 100_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    private final ScheduledExecutorService timer = new TimerThreads("ippan-dedup-timer");

    @AfterEach
    void stop() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private Dedup dedup(int capacity, int windowSeconds) {
        DedupSettings settings = new DedupSettings(capacity, windowSeconds);
        return new Dedup(settings, Ticker.system(), timer, new Random(5), text -> { });
    }

    private long sum(Callable<Long> work) throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<Long>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            results.add(threads.submit(work));
        }
        long sum = 0;
        for (Future<Long> result : results) {
            sum += result.get(60, TimeUnit.SECONDS);
        }
        return sum;
    }

    private static long markAll(Dedup dedup) {
        long fresh = 0;
        for (int number = 0; number < IDS; number++) {
            fresh += dedup.checkAndMark(Dedups.id(number)) ? 1 : 0;
        }
        return fresh;
    }

    /** Duplicates are faster than new ids, so that whoever is behind catches up and all race for the newest. */
    @RepeatedTest(5)
    void shouldMarkEachIdExactlyOnceWhenThreadsRace() throws Exception {
        Dedup dedup = dedup(IDS, 300);

        long fresh = sum(() -> markAll(dedup));

        assertEquals(IDS, fresh);
        assertEquals(IDS, dedup.size());
        assertEquals((long) THREADS * IDS, dedup.snapshot().checks());
    }

    /** Batches of all sizes around that of a slice, so that threads are in the middle of each other's. */
    private static long markAllInBatches(Dedup dedup, long[] words) {
        boolean[] fresh = new boolean[300];
        long news = 0;
        int size = 0;
        for (int from = 0; from < IDS; from += size) {
            size = Math.min(IDS - from, 1 + (from * 31 >>> 3) % fresh.length);
            long[] ids = Arrays.copyOfRange(words, 4 * from, 4 * (from + size));
            int newsOfBatch = dedup.checkAndMarkAll(ids, size, fresh);
            for (int i = 0; i < size; i++) {
                newsOfBatch -= fresh[i] ? 1 : 0;
                news += fresh[i] ? 1 : 0;
            }
            assertEquals(0, newsOfBatch, "the number returned is that of the ids");
        }
        return news;
    }

    @RepeatedTest(5)
    void shouldMarkEachIdOfABatchExactlyOnceWhenThreadsRace() throws Exception {
        Dedup dedup = dedup(IDS, 300);
        long[] words = Dedups.words(LongStream.range(0, IDS).toArray());

        long fresh = sum(() -> markAllInBatches(dedup, words));

        assertEquals(IDS, fresh);
        assertEquals(IDS, dedup.size());
        assertEquals((long) THREADS * IDS, dedup.snapshot().checks());
    }

    @Test
    void shouldMarkEachIdOfABatchExactlyOnceWhileSettingsChange() throws Exception {
        Dedup dedup = dedup(IDS, 300);
        long[] words = Dedups.words(LongStream.range(0, IDS).toArray());
        AtomicBoolean done = new AtomicBoolean();
        Future<?> changes = threads.submit(() -> {
            for (int i = 0; !done.get(); i++) {
                dedup.apply(new DedupSettings(i % 2 == 0 ? IDS : 10 * IDS, 300));
            }
        });

        long fresh = sum(() -> markAllInBatches(dedup, words)) + sum(() -> markAll(dedup));

        done.set(true);
        changes.get(60, TimeUnit.SECONDS);
        assertEquals(IDS, fresh);
    }

    /** The ids are fewer than the least capacity, so no change may forget one. */
    @Test
    void shouldReportNoRememberedIdAsNewWhileSettingsChange() throws Exception {
        Dedup dedup = dedup(IDS, 300);
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> changes = threads.submit(() -> {
            Random random = new Random(9);
            int count = 0;
            while (!done.get()) {
                dedup.apply(new DedupSettings(IDS + random.nextInt(10 * IDS), 200 + random.nextInt(1_000)));
                count++;
            }
            return count;
        });

        long fresh = sum(() -> markAll(dedup)) + sum(() -> markAll(dedup));

        done.set(true);
        assertEquals(IDS, fresh);
        assertTrue(changes.get(60, TimeUnit.SECONDS) > 1);
    }

    /** The newest 1 000 ids are well inside the least capacity; a thread that was stopped for longer cannot tell. */
    @Test
    void shouldKeepTheNewestIdsWhileTheTableGrowsAndShrinks() throws Exception {
        Dedup dedup = dedup(200_000, 300);
        AtomicLong numbers = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Future<?> changes = threads.submit(() -> {
            for (int i = 0; !done.get(); i++) {
                dedup.apply(new DedupSettings(i % 2 == 0 ? 2_000 : 200_000, 300));
            }
        });

        long lost = sum(() -> {
            long wrong = 0;
            for (int i = 0; i < IDS; i++) {
                long number = numbers.getAndIncrement();
                boolean fresh = dedup.checkAndMark(Dedups.id(number));
                boolean seen = dedup.hasSeen(Dedups.id(number));
                boolean overtaken = numbers.get() - number > 1_000;
                wrong += overtaken || fresh && seen ? 0 : 1;
            }
            return wrong;
        });

        done.set(true);
        changes.get(60, TimeUnit.SECONDS);
        assertEquals(0, lost);
    }
}
