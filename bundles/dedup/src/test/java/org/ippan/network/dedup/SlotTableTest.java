// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids whose hashes meet: what the secret makes as good as impossible, here asked of the tables directly. */
class SlotTableTest {

    private static final long TAG = SlotTable.tag(0x1234_5678_9ABC_DEF0L);

    /** How many entries with this tag are found among the newest, and whether each is at the position expected. */
    private static List<Long> positions(SlotTable table, long tag, long head, int live) {
        List<Long> found = new ArrayList<>();
        int slot = table.seek(tag, table.home(tag), head, live);
        while (slot >= 0) {
            found.add(SlotTable.position(table.get(slot)));
            slot = table.seek(tag, slot + 1, head, live);
        }
        return found;
    }

    private static void put(SlotTable table, long tag, long position, int live) {
        table.put(SlotTable.entry(tag, position), position + 1, live);
    }

    @Test
    void shouldSpreadHomesByTheFirstBitsOfTheHash() {
        SlotTable table = new SlotTable(1_024);

        assertEquals(0, table.home(SlotTable.tag(0)));
        assertEquals(512, table.home(SlotTable.tag(Long.MIN_VALUE)));
        assertEquals(1_016, table.home(SlotTable.tag(-1)));
    }

    @Test
    void shouldGiveAChunkBackWithItsEntries() {
        SlotTable table = new SlotTable(1_024);
        int home = table.home(TAG);
        long empty = table.bytes();
        boolean before = table.hasChunkOf(home);

        put(table, TAG, 0, 10);
        boolean there = table.hasChunkOf(home);
        long touched = table.touch(home);
        table.dropChunkOf(home);
        table.dropChunkOf(home);

        assertTrue(there && !before);
        assertNotEquals(0, touched);
        assertEquals(0, table.touch(home));
        assertEquals(empty, table.bytes());
    }

    @Test
    void shouldTellWhetherABucketWasFullOfWhatLives() {
        SlotTable table = new SlotTable(1_024);
        for (long position = 0; position < SlotTable.BUCKET_SLOTS; position++) {
            put(table, TAG, position, SlotTable.BUCKET_SLOTS);
        }
        SlotTable all = new SlotTable(1_024);
        SlotTable newest = new SlotTable(1_024);

        boolean full = table.copy(table.home(TAG), all, 8, 8);
        boolean fullOfNewest = table.copy(table.home(TAG), newest, 8, 7);

        assertTrue(full);
        assertFalse(fullOfNewest, "the oldest is dead");
        assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L), positions(all, TAG, 8, 8));
        assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), positions(newest, TAG, 8, 8));
    }

    @Test
    void shouldFindAllThatShareATagNewestFirst() {
        SlotTable table = new SlotTable(1_024);

        for (long position = 0; position < 5; position++) {
            put(table, TAG, position, 3);
        }

        assertEquals(List.of(4L, 3L, 2L), positions(table, TAG, 5, 3));
        assertEquals(List.of(4L), positions(table, TAG, 5, 1));
        assertEquals(List.of(), positions(table, TAG, 5, 0));
    }

    /** 5 000 ids in one bucket of a table of 1 024 slots, and at its end: far more than it has room for. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, -1})
    void shouldFindAnyNumberOfIdsThatMeetInOneBucket(long hash) {
        SlotTable table = new SlotTable(1_024);
        long tag = SlotTable.tag(hash);
        int live = 5_000;

        for (long position = 0; position < 3L * live; position++) {
            put(table, tag, position, live);
        }

        List<Long> found = positions(table, tag, 3L * live, live);
        assertEquals(live, found.size());
        assertEquals(3L * live - 1, found.get(0));
        assertEquals(2L * live, found.get(live - 1));
        assertTrue(table.bytes() < live * 20L, table.bytes() + " bytes: room of dead entries is used again");
    }

    @Test
    void shouldFindAllWhileIdsMeetInNeighbouringBuckets() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            SlotTable table = new SlotTable(64);
            Deque<Long> tags = new ArrayDeque<>();
            int live = 60;

            for (long position = 0; position < 5_000; position++) {
                long tag = SlotTable.tag(random.nextInt(3) * 0x2000_0000_0000_0000L + ((long) random.nextInt(4) << 33));
                put(table, tag, position, live);
                tags.addLast(tag);
                if (tags.size() > live) {
                    tags.removeFirst();
                }
                long oldest = position + 1 - tags.size();
                for (long each : tags) {
                    if (!positions(table, each, position + 1, live).contains(oldest)) {
                        fail("seed " + seed + ", head " + (position + 1) + ", position " + oldest);
                    }
                    oldest++;
                }
            }
        }
    }

    /** Positions come round after 2^31: entries from before the turn stay in order with those from after it. */
    @Test
    void shouldFindAllWhenPositionsComeRound() {
        SlotTable table = new SlotTable(1_024);
        long turn = 1L << 31;
        long start = turn - 50;

        for (long position = start; position < turn + 50; position++) {
            put(table, TAG, position, 60);
        }

        List<Long> expected = new ArrayList<>();
        for (long position = turn + 49; position >= turn - 10; position--) {
            expected.add(position % turn);
        }
        assertEquals(expected, positions(table, TAG, turn + 50, 60));
    }

    /** Entries that were not overwritten for 2^31 ids look live once more: nothing may be lost by it. */
    @Test
    void shouldLoseNothingToEntriesThatLookLiveAgain() {
        SlotTable table = new SlotTable(64);
        long turn = 1L << 31;
        for (long position = 0; position < 40; position++) {
            put(table, TAG, position, 40);
        }
        long other = TAG ^ 1L << 32;

        for (long position = turn; position < turn + 200; position++) {
            put(table, other, position, 60);

            long oldest = Math.max(turn, position - 59);
            List<Long> found = positions(table, other, position + 1, 60);
            assertEquals(position - oldest + 1, found.size(), "head " + (position + 1));
        }
    }

    @Test
    void shouldFindAllWhileTheyMoveBetweenTablesAndMeetInOneBucket() {
        IdIndex index = new IdIndex();
        int live = 3_000;

        for (long head = 1; head <= 10_000; head++) {
            index.put(SlotTable.entry(TAG, head - 1), head, (int) Math.min(head, live));
            index.growIfFull((int) Math.min(head, live), live);
            index.move(16, head, (int) Math.min(head, live));

            if (head % 500 == 0 || index.isMoving()) {
                assertEquals(Math.min(head, live),
                        positions(index.tableOf(TAG), TAG, head, (int) Math.min(head, live)).size(), "head " + head);
            }
        }
    }
}
