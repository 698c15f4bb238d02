// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids chosen to collide in our maps. */
class DedupCollisionTest {

    private static final int IDS = 1 << 16;
    private static final int HOMES = 1 << 16;

    /** Ways in which an attacker may choose ids, each the number of an id made into four words. */
    enum Family {
        COUNTER_IN_WORD_0, COUNTER_IN_WORD_3, HIGH_BITS_OF_WORD_1, EQUAL_HASH_CODES, MULTIPLES, SWAPPED_WORDS;

        long[] id(long n) {
            return switch (this) {
                case COUNTER_IN_WORD_0 -> new long[] {n, 0, 0, 0};
                case COUNTER_IN_WORD_3 -> new long[] {0, 0, 0, n};
                case HIGH_BITS_OF_WORD_1 -> new long[] {0, n << 48, 0, 0};
                case EQUAL_HASH_CODES -> new long[] {n, n, ~n, ~n};
                case MULTIPLES -> new long[] {n * 0x9E37_79B9_7F4A_7C15L, n << 20, n << 40, n};
                case SWAPPED_WORDS -> new long[] {n & 0xFF, n >>> 8, n >>> 8, n & 0xFF};
            };
        }
    }

    /** Poisson with a mean of 8: more than 31 in one of 8 192 buckets happens once in 10^6 tables. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void shouldSpreadChosenIdsLikeRandomOnes(Family family) {
        for (long seed = 1; seed <= 20; seed++) {
            KeyedHash hash = new KeyedHash(new Random(seed));
            SlotTable table = new SlotTable(HOMES);
            int[] load = new int[HOMES];
            int most = 0;

            for (int n = 0; n < IDS; n++) {
                long[] id = family.id(n);
                int home = table.home(SlotTable.tag(hash.of(id[0], id[1], id[2], id[3])));
                most = Math.max(most, ++load[home]);
            }

            assertTrue(most <= 31, family + ", seed " + seed + ": " + most + " ids in one bucket");
        }
    }

    @Test
    void shouldNotBeHarmedByIdsThatCollideUnderAnotherKey() {
        KeyedHash stolen = new KeyedHash(new Random(1));
        KeyedHash ours = new KeyedHash(new Random(2));
        SlotTable table = new SlotTable(HOMES);
        int[] load = new int[HOMES];
        int most = 0;
        int found = 0;

        for (long n = 0; found < 2_000; n++) {
            if (stolen.of(n, n, n, n) >>> 54 == 0) {
                found++;
                most = Math.max(most, ++load[table.home(SlotTable.tag(ours.of(n, n, n, n)))]);
            }
        }

        assertTrue(most <= 8, most + " of " + found + " ids in one bucket");
    }

    @Test
    void shouldCompareIdsWhole() {
        Dedups node = new Dedups(1_000, 300);
        node.dedup.checkAndMark(1, 2, 3, 4);

        for (int bit = 0; bit < Long.SIZE; bit++) {
            long flip = 1L << bit;

            assertTrue(node.dedup.checkAndMark(1 ^ flip, 2, 3, 4));
            assertTrue(node.dedup.checkAndMark(1, 2 ^ flip, 3, 4));
            assertTrue(node.dedup.checkAndMark(1, 2, 3 ^ flip, 4));
            assertTrue(node.dedup.checkAndMark(1, 2, 3, 4 ^ flip));
        }
        assertEquals(1 + 4 * Long.SIZE, node.dedup.size());
    }

    /** As if the secret were known, and worse: these ids have one hash. It is slow then, but as exact as ever. */
    @Test
    void shouldStayExactWhenAllIdsMeetInOneBucket() {
        ManualScheduler time = new ManualScheduler();
        Dedup dedup = new Dedup(new DedupSettings(2_000, 300), time, time, () -> 0, text -> { });
        long[] ids = new long[4 * 100];
        boolean[] fresh = new boolean[100];

        for (int from = 0; from < 6_000; from += 100) {
            for (int i = 0; i < 100; i++) {
                ids[4 * i] = from + i;
            }

            assertEquals(100, dedup.checkAndMarkAll(ids, 100, fresh));
            assertEquals(0, dedup.checkAndMarkAll(ids, 100, fresh));
        }
        int seen = 0;
        for (int n = 0; n < 6_000; n++) {
            seen += dedup.hasSeen(n, 0, 0, 0) ? 1 : 0;
        }
        assertEquals(2_000, seen);
        assertTrue(dedup.hasSeen(4_000, 0, 0, 0) && !dedup.hasSeen(3_999, 0, 0, 0));
        assertEquals(0, new KeyedHash(() -> 0).of(5, 0, 0, 0), "the ids are those meant");
    }
}
