// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch does what one call for each of its ids does. */
class DedupBatchTest {

    private static final int LARGEST = 4_096;

    private final boolean[] fresh = new boolean[LARGEST];

    /** Capacities from below a slice on, so that ids of a batch push out others of the same batch. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldDoAsOneCallForEachIdDoes(long seed) {
        Random random = new Random(seed);
        Dedups batches = new Dedups(100, 300, seed);
        Dedups single = new Dedups(100, 300, seed + 1);
        int ids = 150;

        for (int step = 0; step < 3_000; step++) {
            int dice = random.nextInt(100);
            if (dice == 0) {
                ids = 1 + random.nextInt(random.nextBoolean() ? 300 : 5_000);
                DedupSettings settings = new DedupSettings(1 + random.nextInt(ids), 1 + random.nextInt(600));
                batches.dedup.apply(settings);
                single.dedup.apply(settings);
            } else if (dice < 10) {
                Duration pause = Duration.ofMillis(random.nextInt(60_000));
                batches.time.advance(pause);
                single.time.advance(pause);
            }
            int count = random.nextInt(dice < 50 ? 20 : 300);
            long[] numbers = random.longs(count, 0, ids).toArray();

            check(batches, single, numbers, "seed " + seed + ", step " + step);
        }
    }

    private void check(Dedups batches, Dedups single, long[] numbers, String what) {
        boolean[] expected = new boolean[numbers.length];
        int expectedNews = 0;
        for (int i = 0; i < numbers.length; i++) {
            expected[i] = single.mark(numbers[i]);
            expectedNews += expected[i] ? 1 : 0;
        }
        boolean[] actual = new boolean[numbers.length];

        int news = batches.dedup.checkAndMarkAll(Dedups.words(numbers), numbers.length, actual);

        assertArrayEquals(expected, actual, what);
        assertEquals(expectedNews, news, what);
        assertEquals(single.dedup.size(), batches.dedup.size(), what);
        assertEquals(single.dedup.snapshot().hits(), batches.dedup.snapshot().hits(), what);
        assertEquals(single.dedup.snapshot().checks(), batches.dedup.snapshot().checks(), what);
    }

    @Test
    void shouldCallTheFirstOfTwinsNewAndTheSecondADuplicate() {
        Dedups node = new Dedups(1_000, 300);
        long[] ids = Dedups.words(7, 8, 7, 7, 9);

        int news = node.dedup.checkAndMarkAll(ids, 5, fresh);

        assertEquals(3, news);
        assertArrayEquals(new boolean[] {true, true, false, false, true}, first(5));
    }

    private boolean[] first(int count) {
        return Arrays.copyOf(fresh, count);
    }

    @Test
    void shouldTakeTheLargestBatch() {
        Dedups node = new Dedups(100_000, 300);
        long[] ids = Dedups.words(LongStream.range(0, LARGEST).toArray());

        int first = node.dedup.checkAndMarkAll(ids, LARGEST, fresh);
        int second = node.dedup.checkAndMarkAll(ids, LARGEST, fresh);

        assertEquals(LARGEST, first);
        assertEquals(0, second);
        assertEquals(LARGEST, node.seenOf(0, LARGEST));
    }

    @Test
    void shouldForgetTheOldestOfABatchThatIsLargerThanTheCapacity() {
        Dedups node = new Dedups(100, 300);
        long[] ids = Dedups.words(LongStream.range(0, 1_000).toArray());

        int news = node.dedup.checkAndMarkAll(ids, 1_000, fresh);

        assertEquals(1_000, news);
        assertEquals(100, node.dedup.size());
        assertEquals(100, node.seenOf(900, 1_000));
        assertEquals(900, node.dedup.snapshot().evictedEarly());
    }

    @Test
    void shouldTouchNothingBehindTheBatch() {
        Dedups node = new Dedups(100, 300);
        fresh[1] = true;
        node.mark(1);

        int news = node.dedup.checkAndMarkAll(Dedups.words(1, 2), 1, fresh);

        assertEquals(0, news);
        assertArrayEquals(new boolean[] {false, true}, first(2));
        assertEquals(1, node.dedup.size());
        assertEquals(0, node.dedup.checkAndMarkAll(new long[0], 0, new boolean[0]));
    }

    @ParameterizedTest
    @CsvSource({"-1, 10, 10", "11, 10, 11", "11, 11, 10", "100, 70, 100"})
    void shouldMarkNothingOfABatchThatDoesNotFit(int count, int ids, int results) {
        Dedups node = new Dedups(100, 300);
        long[] words = Dedups.words(LongStream.range(0, ids).toArray());

        assertThrows(IndexOutOfBoundsException.class,
                () -> node.dedup.checkAndMarkAll(words, count, new boolean[results]));

        assertEquals(0, node.dedup.size());
    }
}
