// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** How far room is made, what of a segment is left then, and what is known of its entries. */
class MakingRoomTest extends LogFixture {

    private static final long LENGTH = FrameType.HEADER_LENGTH + 100;

    /** A reader others do not wait for. */
    private Cursor other(boolean sends) {
        return log.read(new LogReadersTest.Other(sends, false));
    }

    /** Else nothing new would be announced where there is little room. */
    @Test
    void shouldKeepWhatAReaderHasStillToAnnounceForTwoSeconds() {
        other(false);
        space.limit(8 * SIZE);

        appendAll(0, 9 * ENTRIES);
        int young = space.entries();
        time.advance(Duration.ofSeconds(2));
        appendAll(9 * ENTRIES, 10 * ENTRIES);

        assertEquals(List.of(9 * ENTRIES, 8 * ENTRIES), List.of(young, space.entries()));
    }

    @Test
    void shouldNotKeepWhatWasPassedNorWhatIsSentForThoseThatAnnounce() {
        Cursor announcing = other(false);
        other(true);
        space.limit(8 * SIZE);
        appendAll(0, 8 * ENTRIES);
        read(announcing, ENTRIES);

        appendAll(8 * ENTRIES, 9 * ENTRIES);

        assertEquals(8 * ENTRIES, space.entries());
    }

    /** To look takes long: where all was announced just now, room is made for a few at once. */
    @Test
    void shouldMakeRoomForA64thAtOnceOfWhatWasAnnounced() {
        space.limit(128 * SIZE);
        for (int i = 0; i < 144; i++) {
            appendAll(i * ENTRIES, (i + 1) * ENTRIES);
            log.tail().announced(time.nanos());
        }
        int full = space.segments().size();

        appendAll(144 * ENTRIES, 145 * ENTRIES);

        assertEquals(List.of(144, 142), List.of(full, space.segments().size()));
    }

    /** Where all is waited for, one look finds nothing that may go, and another is not worth while for a time. */
    @Test
    void shouldNotLookAtAllThereIsForEachSegmentThatIsMade() {
        AtomicInteger looks = new AtomicInteger();
        log.read(any -> looks.getAndIncrement() >= 0);
        space.limit(128 * SIZE);
        appendAll(0, 128 * ENTRIES);
        int before = looks.getAndSet(0);

        appendAll(128 * ENTRIES, 129 * ENTRIES);
        int once = looks.getAndSet(0);
        appendAll(129 * ENTRIES, 144 * ENTRIES);

        assertEquals(0, before);
        assertTrue(once > 0 && looks.get() < 8 * once, looks + " looks, " + once + " the first time");
    }

    @Test
    void shouldLookAgainAfterA64thForWhatMayGoByNow() {
        Cursor cursor = reader();
        space.limit(128 * SIZE);
        appendAll(0, 129 * ENTRIES);
        read(cursor, Integer.MAX_VALUE);
        int before = space.segments().size();

        appendAll(129 * ENTRIES, 132 * ENTRIES);

        assertEquals(List.of(129, 128), List.of(before, space.segments().size()));
    }

    @Test
    void shouldCountWhatLeavesThoughItIsWaitedFor() {
        reader();
        space.limit(8 * SIZE);

        appendAll(0, 13 * ENTRIES);

        assertEquals(2 * ENTRIES, space.evictedEarly());
    }

    @Test
    void shouldLetGoOnlyOfWhatWasBegunBeforeAndOfTheDeadWhateverElseIsSaid() {
        reader();
        appendAll(0, ENTRIES);
        time.advance(Duration.ofSeconds(1));
        appendAll(ENTRIES, ENTRIES + 1);
        long follower = time.nanos();
        time.advance(Duration.ofSeconds(1));

        long first = space.segments().get(0).begunNanos;
        space.expire(first, follower);
        int justNotDead = space.entries();
        space.expire(first, follower + 1);

        assertEquals(ENTRIES + 1, justNotDead);
        assertEquals(1, space.entries());
    }

    @Test
    void shouldKeepWhatIsJustNotOld() {
        appendAll(0, ENTRIES);
        time.advance(Duration.ofSeconds(1));
        appendAll(ENTRIES, ENTRIES + 1);

        space.expire(time.nanos(), 0);
        int justNotOld = space.entries();
        space.expire(time.nanos() + 1, 0);

        assertEquals(List.of(ENTRIES + 1, 1), List.of(justNotOld, space.entries()));
    }

    @Test
    void shouldTellWhereWhatIsLeftOfALogBegins() {
        SourceLog empty = space.log("empty", 1);
        append(space.log("another", 1), 0, 100);
        appendAll(0, 2 * ENTRIES);
        long all = space.first(log);
        time.advance(Duration.ofSeconds(1));
        space.expire(time.nanos(), 0);

        assertEquals(0, all);
        assertEquals(SEGMENT, space.first(log));
        assertEquals(0, space.first(empty));
        log.rest(log.head());
        time.advance(Duration.ofSeconds(1));
        space.expire(time.nanos(), 0);
        assertTrue(log.isEmpty());
        assertEquals(log.head(), space.first(log));
    }

    @Test
    void shouldFillASegmentToItsLastByte() {
        append(0, SEGMENT / 2 - FrameType.HEADER_LENGTH);
        append(1, SEGMENT / 2 - FrameType.HEADER_LENGTH);
        int exactly = space.segments().size();
        append(2, 10);

        assertEquals(List.of(1, 2), List.of(exactly, space.segments().size()));
    }

    @Test
    void shouldRestOnceOnly() {
        append(0, 100);
        log.rest(log.head());
        Segment end = log.tail();

        log.rest(log.head());

        assertSame(end, log.tail());
    }

    @Test
    void shouldNotBePinnedAnewWhenItIsGoneThoughItsLastReaderHasLeft() {
        appendAll(0, ENTRIES);
        Segment first = space.segments().get(0);
        first.pin();
        first.letGo();
        boolean whileRead = first.pin();

        first.unpin();

        assertFalse(whileRead || first.pin());
    }

    @Test
    void shouldRememberWhichLinksHaveAnEntryUntilTheyAreForgotten() {
        appendAll(0, ENTRIES + 1);
        List<Segment> all = space.segments();

        assertTrue(all.get(0).addKnown(0, 0b01));
        assertFalse(all.get(0).addKnown(0, 0b01));
        all.get(0).addKnown(ENTRIES - 1, 0b11);
        all.get(1).addKnown(0, 0b101);
        space.forget(0b01);

        assertEquals(List.of(0L, 0b10L, 0b100L),
                List.of(all.get(0).known(0), all.get(0).known(ENTRIES - 1), all.get(1).known(0)));
        assertNotNull(all.get(0).letGo(), "pinned no more");
    }

    @Test
    void shouldSayWhereAndWhenItAppendedAndLetGoOfTheBody() {
        appendAll(0, ENTRIES);
        draft.id(1, 2, 3, 4);
        draft.body(ByteBuffer.allocate(100), new byte[10], 7);
        time.advance(Duration.ofNanos(123_456_789));
        int micros = (int) TimeUnit.NANOSECONDS.toMicros(time.nanos());
        draft.appended(time.nanos());
        log.append(draft);
        Segment second = space.segments().get(1);

        assertEquals(SEGMENT, draft.position());
        assertEquals(micros, second.appended(0));
        assertEquals(FrameType.HEADER_LENGTH, draft.length());
        append(1, 100);
        assertEquals(SEGMENT + LENGTH + 10, draft.position());
    }

    /** Peers that each bring a long body now and then had one kept each, whatever the memory. */
    @Test
    void shouldLetGoOfALongBodyThatWasReadThoughItIsTheLastOfItsLog() {
        Cursor cursor = reader();
        space.limit(8 * SIZE);
        append(1, 2 * SEGMENT);
        for (int i = 0; i < 20; i++) {
            append(space.log("link " + i, 1), i, 2 * SEGMENT);
        }
        long bytes = space.bytes();
        append(2, 2 * SEGMENT);

        assertTrue(bytes <= 8 * SIZE, bytes + " bytes");
        assertEquals(List.of(1, 2), read(cursor, 10));
        assertEquals(0, space.overrun().sum());
    }

    /** What is the last of its log stays until it is read, as far as the memory goes: {@link ManyLogsTest}. */
    @Test
    void shouldKeepALongBodyThatWaitsThoughThereIsTooMuch() {
        space.limit(20 * SIZE);
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SourceLog other = space.log("link " + i, 1);
            cursors.add(other.read(cursor -> true));
            append(other, i, 2 * SEGMENT);
        }

        assertEquals(20, cursors.stream().mapToInt(cursor -> read(cursor, 10).size()).sum());
        assertEquals(0, space.overrun().sum());
    }
}
