// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The memory of ring and index: taken as ids come, given back as they go, and counted to the byte. */
class RoomTest {

    private static final int CHUNK = 16 + 256 * 4 * 8;
    private static final int EMPTY_RING = 16 + 16 * 4;
    private static final int SLOTS = 16 + 1024 * 8;

    private final IdRing ring = new IdRing();
    private final SeenIds ids = new SeenIds(new KeyedHash(new Random(1)), 100_000);

    private void put(long from, long to) {
        for (long position = from; position < to; position++) {
            ring.put(position, position, 1, 2, 3);
        }
    }

    private void add(long from, long to) {
        for (long id = from; id < to; id++) {
            ids.add(ids.tag(id, 1, 2, 3), id, 1, 2, 3);
        }
    }

    private boolean contains(long id) {
        return ids.contains(ids.tag(id, 1, 2, 3), id, 1, 2, 3);
    }

    @Test
    void shouldTakeAChunkOfTheRingFor256Ids() {
        assertEquals(EMPTY_RING, ring.bytes());

        put(0, 256);
        assertEquals(EMPTY_RING + CHUNK, ring.bytes());

        put(256, 257);
        assertEquals(EMPTY_RING + 2 * CHUNK, ring.bytes());
        assertTrue(ring.holds(255, 255, 1, 2, 3) && ring.holds(256, 256, 1, 2, 3));
    }

    @Test
    void shouldCompareAllFourWords() {
        put(0, 1);

        assertTrue(ring.holds(0, 0, 1, 2, 3));
        assertFalse(ring.holds(0, 9, 1, 2, 3) || ring.holds(0, 0, 9, 2, 3) || ring.holds(0, 0, 1, 9, 3)
                || ring.holds(0, 0, 1, 2, 9));
        assertFalse(ring.holds(1000, 0, 1, 2, 3), "nothing is there");
    }

    @Test
    void shouldKeepOneSpareChunkAndGiveTheOthersBack() {
        put(0, 4 * 256);

        assertFalse(ring.giveBack(10, 255), "its last id is remembered");
        assertTrue(ring.giveBack(1, 3 * 256));
        assertEquals(EMPTY_RING + 4 * CHUNK, ring.bytes());
        assertTrue(ring.giveBack(1, 3 * 256));
        assertEquals(EMPTY_RING + 3 * CHUNK, ring.bytes());
        assertTrue(ring.giveBack(10, 3 * 256));
        assertEquals(EMPTY_RING + 2 * CHUNK, ring.bytes());
        assertFalse(ring.giveBack(10, 3 * 256));
        put(4 * 256, 4 * 256 + 1);
        assertEquals(EMPTY_RING + 2 * CHUNK, ring.bytes(), "the spare one is used");
        assertTrue(ring.holds(3 * 256, 3 * 256, 1, 2, 3));
        assertFalse(ring.holds(2 * 256, 2 * 256, 1, 2, 3));
    }

    @Test
    void shouldGrowTheDirectoryAndShrinkItAgain() {
        put(0, 64 * 256);
        assertEquals(16 + 64 * 4 + 64L * CHUNK, ring.bytes());
        put(64 * 256, 64 * 256 + 1);
        assertEquals(16 + 128 * 4 + 65L * CHUNK, ring.bytes());
        for (long position = 0; position <= 64 * 256; position++) {
            assertTrue(ring.holds(position, position, 1, 2, 3));
        }

        for (int i = 0; i < 10; i++) {
            ring.giveBack(100, 64 * 256);
        }

        assertEquals(16 + 64 * 4 + 2L * CHUNK, ring.bytes(), "in one step, as nothing was given back any more");
        assertTrue(ring.holds(64 * 256, 64 * 256, 1, 2, 3));
    }

    @Test
    void shouldShrinkTheDirectoryWhenLessThanAnEighthIsUsed() {
        put(0, 65 * 256);

        ring.giveBack(49, 49 * 256);
        long used = ring.bytes();
        ring.giveBack(1, 50 * 256);

        assertEquals(16 + 128 * 4 + 17L * CHUNK, used);
        assertEquals(16 + 64 * 4 + 16L * CHUNK, ring.bytes());
    }

    @Test
    void shouldTakeNoMoreHoweverManyIdsPassThrough() {
        for (long chunk = 0; chunk < 100; chunk++) {
            put(256 * chunk, 256 * (chunk + 1));

            assertEquals(EMPTY_RING + CHUNK, ring.bytes(), "chunk " + chunk);
            ring.giveBack(1, 256 * (chunk + 1));
        }
    }

    @Test
    void shouldBeginAnywhereAfterItWasCleared() {
        put(0, 1000);

        ring.clear(1000);

        assertEquals(EMPTY_RING, ring.bytes());
        assertFalse(ring.holds(999, 999, 1, 2, 3));
        assertFalse(ring.giveBack(100, 900));
        put(1000, 1001);
        assertTrue(ring.holds(1000, 1000, 1, 2, 3));
        assertEquals(EMPTY_RING + CHUNK, ring.bytes());
    }

    @Test
    void shouldMakeTheIndexAsLargeAsItsIdsNeed() {
        int empty = 16 + 4;
        assertEquals(EMPTY_RING + empty, ids.bytes());

        add(0, 1);
        assertEquals(EMPTY_RING + CHUNK + empty + SLOTS, ids.bytes());

        add(1, 50_000);
        for (long id = 0; id < 50_000; id++) {
            assertTrue(contains(id));
        }
        long ringBytes = 16 + 256 * 4 + (50_000 + 255) / 256 * (long) CHUNK;
        long slots = (ids.bytes() - ringBytes) / 8;
        assertTrue(slots >= 50_000 * 5 / 3 && slots <= 2 * 50_000 * 5 / 3 + 4 * 1024, slots + " slots");
    }

    @Test
    void shouldGiveAlmostAllBackWhenIdsAreForgotten() {
        add(0, 50_000);
        long full = ids.bytes();

        ids.forgetBefore(49_990);
        int slices = 0;
        while (ids.tidy(32, 512)) {
            slices++;
        }

        assertTrue(ids.bytes() < full / 20, ids.bytes() + " of " + full);
        assertTrue(slices > 5, slices + " slices");
        assertEquals(10, ids.size());
        for (long id = 49_900; id < 50_000; id++) {
            assertEquals(id >= 49_990, contains(id));
        }
        assertFalse(ids.tidy(32, 512));
    }

    @Test
    void shouldTellWhatOutlastsWhatIsAdded() {
        ids.capacity(10);
        add(0, 10);

        for (long id = 0; id < 10; id++) {
            assertEquals(id >= 3, ids.outlasts(3, ids.tag(id, 1, 2, 3), id, 1, 2, 3), "id " + id);
        }
        assertTrue(ids.isFull());
        ids.capacity(11);
        assertFalse(ids.isFull());
    }

    @Test
    void shouldForgetEverythingAtOnce() {
        long empty = ids.bytes();
        add(0, 5_000);

        ids.clear();

        assertEquals(0, ids.size());
        assertEquals(empty, ids.bytes());
        assertFalse(contains(4_999));
        add(4_999, 5_000);
        assertTrue(contains(4_999));
        assertEquals(1, ids.size());
        ids.forgetBefore(10);
        assertEquals(1, ids.size(), "positions go on");
    }
}
