// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class EntryIndexTest {

    private static final int SEGMENT = 2048;

    private final ManualScheduler time = new ManualScheduler();
    private final LogSpace space = new LogSpace(time, SEGMENT);
    private final SourceLog log = space.log(null, 0);
    private final EntryIndex index = new EntryIndex(space, 77);
    private final EntryIndex.Found found = new EntryIndex.Found();
    private final Draft draft = new Draft();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Bytes the index has allocated. */
    private long growth;

    private static long[] id(long number) {
        SplittableRandom random = new SplittableRandom(number);
        return random.longs(4).toArray();
    }

    private void append(long number) {
        long[] id = id(number);
        draft.id(id[0], id[1], id[2], id[3]);
        draft.body(ByteBuffer.allocate(100).putLong(8, number), 1);
        draft.note(0, 0, 0);
        long place = log.append(draft);
        long before = threads.getCurrentThreadAllocatedBytes();
        index.add(id[0], id[1], place);
        growth += threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Whether the entry of a number is found; it must be the right one. */
    private boolean finds(long number) {
        long[] id = id(number);
        if (!index.find(id[0], id[1], id[2], id[3], found)) {
            return false;
        }
        assertEquals(id[3], found.segment().word(found.entry(), 3));
        found.unpin();
        return true;
    }

    @Test
    void shouldFindEverythingAfterHavingGrown() {
        space.limit(Long.MAX_VALUE / 4);

        for (int i = 0; i < 50_000; i++) {
            append(i);
        }

        for (int i = 0; i < 50_000; i++) {
            assertTrue(finds(i));
            assertFalse(finds(-1 - i));
        }
    }

    @Test
    void shouldTellIdsApartThatDifferOnlyInTheirLastWords() {
        space.limit(1 << 20);
        append(1);
        long[] id = id(1);

        assertFalse(index.find(id[0], id[1], id[2], id[3] + 1, found));
        assertFalse(index.find(id[0], id[1], id[2] + 1, id[3], found));
        assertTrue(index.find(id[0], id[1], id[2], id[3], found));
        found.unpin();
        assertNotNull(space.segments().get(0).letGo(), "no look leaves it pinned");
    }

    /** Else no memory would be used again. */
    @Test
    void shouldLeaveNoSegmentPinnedWhenItGrows() {
        space.limit(Long.MAX_VALUE / 4);

        for (int i = 0; i < 5000; i++) {
            append(i);
        }

        space.segments().forEach(segment -> assertNotNull(segment.letGo()));
    }

    /** Numbers of segments and places in buckets come round many times. */
    @Test
    void shouldFindWhatIsThereAndNothingElseHoweverOftenPlacesComeRound() {
        int kept = 20 * new SegmentArrays(SEGMENT).entries();
        space.limit(20 * new SegmentArrays(SEGMENT).size());

        for (int i = 0; i < 60_000; i++) {
            append(i);
            assertTrue(finds(i));
            if (i % 100 == 0) {
                for (int back = 0; back < kept - 32; back += 7) {
                    assertEquals(i - back >= 0, finds(i - back));
                }
                for (int back = kept + 1; back < 5 * kept; back += 7) {
                    assertFalse(finds(i - back));
                }
            }
        }
    }

    @Test
    void shouldUseTheRoomOfWhatIsGone() {
        space.limit(20 * new SegmentArrays(SEGMENT).size());
        for (int i = 0; i < 5_000; i++) {
            append(i);
        }
        growth = 0;

        for (int i = 5_000; i < 50_000; i++) {
            append(i);
        }

        assertTrue(growth < 64 * 1024, growth + " bytes");
    }

    /** What it takes and misses in the processor's cache is that of each message. */
    @Test
    void shouldFillThreeFifthsOfItsPlacesBeforeItGrows() {
        space.limit(Long.MAX_VALUE / 4);
        int places = 128 * 1024;

        for (int i = 0; i < places * 3 / 5; i++) {
            append(i);
        }

        // Each table took half of what the next took: all before it as much as the last.
        assertTrue(growth < 2L * places * Long.BYTES * 11 / 10, growth + " bytes");
        for (int i = 0; i < places * 3 / 5; i++) {
            assertTrue(finds(i));
        }
    }
}
