// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** Who may stay when room or time is short. */
class LogSpaceTest extends LogFixture {

    private static final int KIB = 1024;

    @Test
    void shouldUseArraysAgainButNotThosePinned() {
        waits = false;
        Cursor cursor = reader();
        space.limit(2 * SIZE);
        appendAll(0, ENTRIES);
        Segment pinned = cursor.pin();
        byte[] data = pinned.data();
        appendAll(ENTRIES, 4 * ENTRIES);

        assertTrue(pinned.isGone());
        assertFalse(pinned.pin());
        assertSame(data, pinned.data());
        for (int i = 0; i < ENTRIES; i++) {
            assertEquals(i, LogFixture.intAt(pinned, pinned.offset(i) + FrameType.HEADER_LENGTH + 4));
        }
        space.segments().forEach(segment -> assertNotSame(data, segment.data()));
        byte[] unpinned = space.segments().get(0).data();
        appendAll(4 * ENTRIES, 5 * ENTRIES);
        assertSame(unpinned, space.segments().get(1).data());
    }

    /** Bodies of one topic are often about the same: arrays for each would be as much garbage again. */
    @Test
    void shouldUseArraysOfLongBodiesAgain() {
        waits = false;
        space.limit(40_000);
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 40; i++) {
            append(i, i % 2 == 0 ? 10_000 : 9_500);
            space.segments().forEach(segment -> arrays.add(segment.data()));
        }

        assertTrue(arrays.size() <= 8, arrays.size() + " arrays");
    }

    /** It has room for one entry only. */
    @Test
    void shouldNotUseArraysOfALongBodyForShortOnes() {
        waits = false;
        space.limit(10 * SIZE);
        for (int i = 0; i < 20; i++) {
            append(i, SEGMENT);
        }
        int before = space.segments().size();

        appendAll(20, 20 + ENTRIES);

        Segment last = space.segments().get(space.segments().size() - 1);
        assertEquals(ENTRIES, last.count());
        assertTrue(space.segments().size() <= before + 1);
    }

    /** A reader that sleeps at the end of a silent log would keep a header of each segment that any log ever had. */
    @Test
    void shouldHaveNothingHangAtASegmentThatIsGone() {
        space.limit(4 * SIZE);
        SourceLog silent = space.log("silent", 1);
        Cursor sleeping = silent.read(cursor -> true);
        append(silent, 0, 100);
        read(sleeping, 1);
        silent.rest(silent.head());
        Segment first = space.segments().get(0);
        appendAll(0, 3 * ENTRIES);
        Segment last = space.segments().get(2);

        appendAll(3 * ENTRIES, 20 * ENTRIES);

        for (Segment gone : List.of(first, last)) {
            assertTrue(gone.isGone());
            assertNull(gone.next());
        }
        append(silent, 7, 100);
        assertEquals(numbers(7, 8), read(sleeping, 10));
        assertEquals(0, space.overrun().sum());
    }

    /** What went while it was not looked at counts, whatever of it there is still to see. */
    @Test
    void shouldGoOnBehindAllThatWentMeanwhile() {
        waits = false;
        space.limit(2 * SIZE);
        Cursor cursor = reader();
        appendAll(0, ENTRIES + 3);
        read(cursor, 5);
        appendAll(ENTRIES + 3, 10 * ENTRIES + 2);

        List<Integer> left = read(cursor, 1000);

        assertEquals(10 * ENTRIES + 2 - 5, left.size() + space.overrun().sum());
        assertEquals(numbers(10 * ENTRIES + 2 - left.size(), 10 * ENTRIES + 2), left);
        assertFalse(cursor.hasMore());
    }

    @Test
    void shouldKeepWhatIsWaitedForAndLetGoOfTheRest() {
        Cursor waitedFor = reader();
        SourceLog other = space.log("other", 1);
        IntStream.range(0, 2 * ENTRIES).forEach(number -> append(other, number, 100));
        space.limit(6 * SIZE);

        appendAll(0, 6 * ENTRIES);

        assertEquals(ENTRIES, space.evictedEarly());
        assertFalse(other.isEmpty());
        assertEquals(numbers(0, 6 * ENTRIES), read(waitedFor, 1000));
        assertEquals(0, space.overrun().sum());
    }

    @Test
    void shouldKeepWhatWasAskedForUntilItIsServed() {
        appendAll(0, ENTRIES);
        Segment asked = space.segments().get(0);
        asked.hold();
        space.limit(4 * SIZE);
        appendAll(ENTRIES, 10 * ENTRIES);
        boolean kept = !asked.isGone();

        asked.release();
        appendAll(10 * ENTRIES, 11 * ENTRIES);

        assertTrue(kept);
        assertTrue(asked.isGone());
    }

    @Test
    void shouldKeepWhatWasAnnouncedForTwoSecondsWithinNineEighths() {
        space.limit(10 * SIZE);
        appendAll(0, 10 * ENTRIES);
        Segment announced = space.segments().get(0);
        announced.announced(time.nanos());

        appendAll(10 * ENTRIES, 11 * ENTRIES);
        boolean kept = !announced.isGone();
        time.advance(Duration.ofMillis(2001));
        appendAll(11 * ENTRIES, 12 * ENTRIES);

        assertTrue(kept);
        assertTrue(announced.isGone());
    }

    @Test
    void shouldLetTheLastReaderJumpTwoSegmentsAfterNineEighthsAndCountWhatItMissed() {
        Cursor cursor = reader();
        space.limit(8 * SIZE);

        appendAll(0, 11 * ENTRIES);
        long before = space.evictedEarly();
        appendAll(11 * ENTRIES, 13 * ENTRIES);

        assertEquals(0, before);
        assertEquals(11 * SIZE, space.bytes());
        assertEquals(numbers(2 * ENTRIES, 13 * ENTRIES), read(cursor, 1000));
        assertEquals(2 * ENTRIES, space.overrun().sum());
    }

    @Test
    void shouldLetGoOfWhatIsOldUnlessItIsWaitedForAndOfWhatIsDeadInAnyCase() {
        Cursor cursor = reader();
        appendAll(0, ENTRIES);
        time.advance(Duration.ofSeconds(10));
        appendAll(ENTRIES, 2 * ENTRIES + 1);
        long tenSecondsAgo = time.nanos() - 1;

        space.expire(tenSecondsAgo, 0);
        int young = space.entries();
        time.advance(Duration.ofSeconds(10));
        space.expire(time.nanos() - 1, 0);
        int waitedFor = space.entries();
        read(cursor, 5);
        space.expire(time.nanos() - 1, 0);
        int partlyRead = space.entries();
        read(cursor, ENTRIES);
        space.expire(time.nanos() - 1, 0);
        int read = space.entries();
        space.expire(time.nanos(), time.nanos() - 1);

        assertEquals(List.of(2 * ENTRIES + 1, 2 * ENTRIES + 1, 2 * ENTRIES + 1, ENTRIES + 1),
                List.of(young, waitedFor, partlyRead, read));
        assertEquals(1, space.entries());
        assertEquals(numbers(2 * ENTRIES, 2 * ENTRIES + 1), read(cursor, 100));
        assertEquals(2 * ENTRIES - 5 - ENTRIES, space.overrun().sum());
    }

    @Test
    void shouldGiveTheMemoryOfASilentLogBackAndGoOnWithIt() {
        Cursor cursor = reader();
        appendAll(0, 3);
        long silent = log.head();
        append(3, 100);
        log.rest(silent);
        boolean restedTooEarly = log.tail().count() == 0;

        log.rest(log.head());
        assertEquals(numbers(0, 4), read(cursor, 100));
        assertNull(cursor.pin());
        time.advance(Duration.ofSeconds(1));
        space.expire(time.nanos(), 0);
        long bytes = space.bytes();
        boolean empty = log.isEmpty();
        append(4, 100);

        assertFalse(restedTooEarly);
        assertEquals(0, bytes);
        assertTrue(empty);
        assertEquals(numbers(4, 5), read(cursor, 100));
        assertEquals(0, space.overrun().sum());
    }

    /** Each log has two that are not full: they must not be most of little memory. */
    @Test
    void shouldBeginShorterSegmentsWhileThereIsLittleMemory() {
        LogSpace large = new LogSpace(time, 64 * KIB);
        SourceLog some = large.log("source", 1);
        List<Long> sizes = new ArrayList<>();
        for (long limit : new long[] {64 * KIB * KIB, 4 * KIB * KIB, KIB * KIB, 256 * KIB, 64 * KIB * KIB}) {
            long before = large.bytes();
            large.limit(limit);
            some.rest(some.head());
            append(some, 1, 100);
            sizes.add(large.bytes() - before);
        }

        assertEquals(IntStream.of(64, 64, 16, 4, 64).mapToObj(size -> new SegmentArrays(size * KIB).size()).toList(),
                sizes);
    }

    /** Each log has a last segment that never goes: small memory must not be taken for full by them alone. */
    @Test
    void shouldKeepTwoSegmentsMoreForEachLogButNotMoreThanTheLimitAgain() {
        reader();
        space.limit(8 * SIZE);
        List<SourceLog> others = Stream.generate(() -> space.log("other", 1)).limit(5).toList();
        others.forEach(other -> append(other, 1, 100));

        appendAll(0, 12 * ENTRIES);
        long before = space.evictedEarly();
        appendAll(12 * ENTRIES, 13 * ENTRIES);
        long full = space.evictedEarly();
        space.rest(log, log.tail());
        others.forEach(other -> space.rest(other, other.tail()));
        appendAll(13 * ENTRIES, 14 * ENTRIES);

        assertEquals(List.of(0L, (long) ENTRIES), List.of(before, full));
        assertEquals(9 * SIZE, space.bytes());
    }
}
