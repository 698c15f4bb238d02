// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Appending, reading, and who may stay when room or time is short. */
class LogTest {

    /** 16 entries, and with the columns {@link #SIZE} bytes. */
    private static final int SEGMENT = 2048;
    private static final int ENTRIES = 16;
    private static final long SIZE = new SegmentArrays(SEGMENT).size();

    private final ManualScheduler time = new ManualScheduler();
    private final LogSpace space = new LogSpace(time, SEGMENT);
    private final SourceLog log = space.log(null, 1);
    private final Draft draft = new Draft();
    private boolean waits = true;

    LogTest() {
        space.limit(1 << 20);
    }

    private Cursor reader() {
        return log.read(cursor -> waits);
    }

    private long append(int number, int length) {
        return append(log, number, length);
    }

    private long append(SourceLog to, int number, int length) {
        draft.id(number, 2, 3, 4);
        draft.body(ByteBuffer.allocate(length).putInt(4, number), 7);
        draft.note(time.nanos() / 1_000_000, 0, 0);
        return to.append(draft);
    }

    private void appendAll(int first, int end) {
        IntStream.range(first, end).forEach(number -> append(number, 100));
    }

    /** The numbers of what a cursor passes; all of it counts as taken. */
    private static List<Integer> read(Cursor cursor, int most) {
        List<Integer> numbers = new ArrayList<>();
        Segment segment;
        while (numbers.size() < most && (segment = cursor.pin()) != null) {
            numbers.add(segment.intAt(segment.offset(cursor.at()) + FrameType.HEADER_LENGTH + 4));
            cursor.pass(segment, cursor.at() + 1);
            segment.unpin();
        }
        cursor.passed();
        return numbers;
    }

    private static List<Integer> numbers(int first, int end) {
        return IntStream.range(first, end).boxed().toList();
    }

    @Test
    void shouldKeepAFrameAsItWillBeWrittenAndColumnsBesideIt() {
        draft.id(11, 12, 13, 14);
        draft.body(ByteBuffer.wrap(new byte[] {1, 2, 3}), ByteBuffer.wrap(new byte[] {4, 5}), 9);
        draft.note(1234, 0b101, Segment.ASKED);
        Cursor cursor = reader();

        log.append(draft);
        Segment segment = cursor.pin();

        byte[] frame = new byte[segment.offset(1)];
        System.arraycopy(segment.data(), 0, frame, 0, frame.length);
        assertEquals(ByteBuffer.wrap(new byte[] {(byte) FrameType.MARK, (byte) FrameType.GOSSIP.code(), 0, 0, 0, 0, 0,
            5, 9, 2, 3, 4, 5}), ByteBuffer.wrap(frame));
        assertEquals(List.of(11L, 12L, 13L, 14L),
                IntStream.range(0, 4).mapToObj(which -> segment.word(0, which)).toList());
        assertEquals(1234, segment.born(0));
        assertEquals(Segment.ASKED, segment.flags(0));
        assertFalse(segment.addKnown(0, 0b100));
        assertTrue(segment.addKnown(0, 0b110));
        assertEquals(0b111, segment.known(0));
    }

    @Test
    void shouldReadOverTheEndsOfSegmentsFromWhereEachReaderStands() {
        Cursor first = reader();
        appendAll(0, 3);
        Cursor second = reader();
        appendAll(3, 100);

        assertEquals(numbers(0, 50), read(first, 50));
        assertEquals(numbers(3, 100), read(second, 1000));
        assertEquals(numbers(50, 100), read(first, 1000));
        assertFalse(first.hasMore());
        append(100, 10);
        assertTrue(first.hasMore());
        assertEquals(numbers(100, 101), read(first, 10));
    }

    @Test
    void shouldKeepABodyLongerThanASegmentAlone() {
        Cursor cursor = reader();

        append(0, 10);
        append(1, 10 * SEGMENT);
        append(2, 10);

        assertEquals(numbers(0, 3), read(cursor, 10));
        assertEquals(3, space.segments().size());
        assertEquals(1, space.segments().get(1).count());
        assertTrue(space.bytes() < 2 * SIZE + 11 * SEGMENT);
    }

    @Test
    void shouldTakeABodyOfAnyLengthIntoAnEmptyLog() {
        space.limit(1000);
        Cursor cursor = reader();

        append(0, 5000);

        assertEquals(numbers(0, 1), read(cursor, 1));
    }

    @Test
    void shouldCountTheMemoryOfShortEntriesAsHeld() {
        reader();

        IntStream.range(0, 4 * ENTRIES + 1).forEach(number -> append(number, 10));

        assertEquals(4 * SEGMENT + FrameType.HEADER_LENGTH + 10, log.held(0));
    }

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
            assertEquals(i, pinned.intAt(pinned.offset(i) + FrameType.HEADER_LENGTH + 4));
        }
        space.segments().forEach(segment -> assertNotSame(data, segment.data()));
        byte[] unpinned = space.segments().get(0).data();
        appendAll(4 * ENTRIES, 5 * ENTRIES);
        assertSame(unpinned, space.segments().get(1).data());
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
    void shouldLetTheLastReaderJumpAtNineEighthsAndCountWhatItMissed() {
        Cursor cursor = reader();
        space.limit(8 * SIZE);

        appendAll(0, 9 * ENTRIES);
        long before = space.evictedEarly();
        appendAll(9 * ENTRIES, 11 * ENTRIES);

        assertEquals(0, before);
        assertEquals(9 * SIZE, space.bytes());
        assertEquals(numbers(2 * ENTRIES, 11 * ENTRIES), read(cursor, 1000));
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

    @Test
    void shouldMoveAPlaceOnlyWhenTheSocketHasTakenAll() {
        Cursor cursor = reader();
        appendAll(0, 3);
        for (int i = 0; i < 2; i++) {
            Segment segment = cursor.pin();
            cursor.pass(segment, cursor.at() + 1);
            segment.unpin();
            cursor.sent();
        }
        long length = FrameType.HEADER_LENGTH + 100;

        cursor.passed();
        long before = cursor.taken();
        cursor.taken(length);
        long half = cursor.taken();
        cursor.taken(2 * length);

        assertEquals(List.of(0L, length, 2 * length), List.of(before, half, cursor.taken()));
        assertEquals(length, log.held(0));
    }

    @Test
    void shouldGoBackToAMarkAndJumpToTheHead() {
        Cursor cursor = reader();
        appendAll(0, 2 * ENTRIES);
        read(cursor, 3);
        Cursor.Mark mark = cursor.mark();
        read(cursor, 20);
        cursor.reset(mark);

        assertEquals(numbers(3, 5), read(cursor, 2));
        cursor.jump();
        assertEquals(List.of(), read(cursor, 10));
        assertEquals(2 * ENTRIES - 5, space.overrun().sum());
        assertEquals(0, log.held(0));
    }

    @Test
    void shouldTellHowLongTheFirstUnreadSegmentHasBeenFull() {
        Cursor cursor = reader();
        appendAll(0, ENTRIES);
        time.advance(Duration.ofMillis(30));
        long unfinished = log.heldNanos(time.nanos());
        appendAll(ENTRIES, ENTRIES + 1);
        time.advance(Duration.ofMillis(50));

        assertEquals(0, unfinished);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(50), log.heldNanos(time.nanos()));
        read(cursor, ENTRIES + 1);
        assertEquals(0, log.heldNanos(time.nanos()));
    }
}
