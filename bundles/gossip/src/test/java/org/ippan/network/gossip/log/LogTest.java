// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.MessageCodec;
import org.junit.jupiter.api.Test;

/** Appending and reading. */
class LogTest extends LogFixture {

    @Test
    void shouldKeepAFrameAsItWillBeWrittenAndColumnsBesideIt() {
        draft.id(11, 12, 13, 14);
        draft.body(ByteBuffer.wrap(new byte[] {1, 2, 3}), new byte[] {4, 5}, 9);
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
    void shouldNumberOnlyWhatThisNodePublishes() {
        SourceLog own = space.log(null, 1);
        Cursor reader = own.read(cursor -> true);
        append(own, 1, 40);
        append(own, 2, 40);
        Cursor later = own.read(cursor -> true);
        Cursor others = reader();
        append(3, 40);

        Segment segment = reader.pin();

        int number = FrameType.HEADER_LENGTH + MessageCodec.NUMBER_OFFSET + Integer.BYTES;
        assertEquals(List.of(1, 2), List.of(LogFixture.intAt(segment, number),
                LogFixture.intAt(segment, segment.offset(1) + number)));
        assertEquals(List.of(0L, 2L), List.of(reader.beganAfter(), later.beganAfter()));
        assertEquals(0, LogFixture.intAt(others.pin(), number));
        assertEquals(0, log.numbers());
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

    /** Of each segment nearly half stays empty. */
    @Test
    void shouldCountTheMemoryThatLongEntriesLeaveAsHeld() {
        Cursor cursor = reader();

        IntStream.range(0, 5).forEach(number -> append(number, SEGMENT / 2 + 100));
        long held = log.held(0);

        assertEquals(4 * SEGMENT + FrameType.HEADER_LENGTH + SEGMENT / 2 + 100, held);
        assertEquals(numbers(0, 5), read(cursor, 10));
        assertEquals(0, log.held(0));
    }

    @Test
    void shouldNotCountTheMemoryThatASilentLogGivesBack() {
        Cursor cursor = reader();
        append(0, 100);
        log.rest(log.head());
        read(cursor, 1);

        append(1, 100);

        assertEquals(FrameType.HEADER_LENGTH + 100, log.held(0));
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

    /** Other threads look meanwhile: what has left the one account must be in the other. */
    @Test
    void shouldCountWhatItPassesAsUnsettledUntilItIsOwed() {
        Cursor cursor = reader();
        appendAll(0, 3);
        long all = log.unsettled();
        Segment segment = cursor.pin();
        cursor.pass(segment, 3);
        segment.unpin();
        cursor.sent();
        long passed = log.unsettled();
        cursor.owes(200);
        long owed = log.unsettled();
        cursor.settled(150);

        assertEquals(log.head(), all);
        assertEquals(List.of(all, 200L, 50L), List.of(passed, owed, log.unsettled()));
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

    /** A look that began before must not hide it from those that follow. */
    @Test
    void shouldHoldForAReaderThatComesToBeWaitedForWhileItIsLooked() {
        AtomicBoolean waitedFor = new AtomicBoolean();
        log.read(cursor -> {
            boolean before = waitedFor.getAndSet(true);
            if (!before) {
                log.review();
            }
            return before;
        });
        appendAll(0, 3);

        assertEquals(0, log.held(0));
        assertEquals(log.head(), log.held(0));
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
