// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** What a log knows of its readers, and what these know of themselves. */
class LogReadersTest extends LogFixture {

    private static final long LENGTH = FrameType.HEADER_LENGTH + 100;

    /** A reader others do not wait for. */
    record Other(boolean isSending, boolean isSettling) implements Cursor.Waiting {

        @Override
        public boolean isWaitedFor(Cursor cursor) {
            return false;
        }

        @Override
        public boolean isSettling(Cursor cursor) {
            return isSettling;
        }

        @Override
        public boolean isSending(Cursor cursor) {
            return isSending;
        }
    }

    private static List<Boolean> roles(Cursor cursor) {
        return List.of(cursor.isWaitedFor(), cursor.isSending(), cursor.isSettling());
    }

    @Test
    void shouldSendAndSettleWhereItIsWaitedForUnlessItSaysOtherwise() {
        Cursor cursor = reader();
        List<Boolean> waitedFor = roles(cursor);
        waits = false;

        assertEquals(List.of(true, true, true), waitedFor);
        assertEquals(List.of(false, false, false), roles(cursor));
        assertEquals(List.of(false, true, false), roles(log.read(new Other(true, false))));
        assertEquals(List.of(false, false, true), roles(log.read(new Other(false, true))));
        assertSame(log, cursor.log());
    }

    @Test
    void shouldTellWhoseMessagesItHas() {
        SourceLog own = space.log(null, 2);

        assertEquals("link", log.source());
        assertFalse(log.isOwn());
        assertTrue(own.isOwn());
        assertEquals(2, own.priority());
    }

    @Test
    void shouldBeSentWhileAReaderSendsThoughNoneIsWaitedFor() {
        log.read(new Other(false, true));
        boolean before = log.isSent();
        Cursor sending = log.read(new Other(true, false));
        boolean sent = log.isSent();
        log.leave(sending);

        assertEquals(List.of(false, true, false), List.of(before, sent, log.isSent()));
        assertEquals(1, log.readers().length);
    }

    @Test
    void shouldTakeNothingMoreOnceItEndedAndNotEndBefore() {
        appendAll(0, 1);
        boolean early = log.end();
        long still = append(1, 100);
        log.rest(log.head());
        time.advance(Duration.ofSeconds(1));
        space.expire(time.nanos(), 0);

        assertFalse(early);
        assertNotEquals(0, still);
        assertTrue(log.end());
        assertEquals(0, append(2, 100));
        assertEquals(2 * LENGTH, log.head());
    }

    @Test
    void shouldCountAsUnsentWhatNoReaderHasTakenOfThoseThatWereEither() {
        Cursor near = reader();
        Cursor far = reader();
        appendAll(0, 10);
        long all = log.unsent();
        read(near, 3);
        read(far, 5);
        long some = log.unsent();
        log.leave(far);
        long left = log.unsent();
        read(near, 4);

        assertEquals(List.of(10 * LENGTH, 5 * LENGTH, 5 * LENGTH, 3 * LENGTH), List.of(all, some, left, log.unsent()));
    }

    @Test
    void shouldKeepTheFarthestPlaceOfWhichThereWasLittleRoom() {
        log.pressed(5);
        log.pressed(3);

        assertEquals(5, log.pressed());
    }

    @Test
    void shouldHaveTheLastReadersThatAreWaitedForAnnounceWhatThereIsNow() {
        Cursor last = log.read(cursor -> !cursor.isAnnouncing());
        Cursor ahead = reader();
        Cursor other = log.read(new Other(true, true));
        appendAll(0, 10);
        read(ahead, 4);
        long before = log.held(0);

        log.announceInstead();

        assertEquals(List.of(true, false, false),
                List.of(last.isAnnouncing(), ahead.isAnnouncing(), other.isAnnouncing()));
        assertEquals(List.of(10 * LENGTH, 6 * LENGTH), List.of(before, log.held(0)));
        assertEquals(log.head(), last.announcedTo());
        appendAll(10, 11);
        read(last, 9);
        boolean still = last.isAnnouncing();
        read(last, 1);
        assertTrue(still);
        assertFalse(last.isAnnouncing(), "what came later is sent");
        last.announcing(true);
        last.announcing(false);
        assertEquals(0, last.announcedTo());
    }

    /** It stands before what others have passed, as a peer that asks for what it missed. */
    @Test
    void shouldHoldForAReaderThatGoesBack() {
        Cursor cursor = reader();
        appendAll(0, ENTRIES + 2);
        read(cursor, 100);
        long before = log.held(0);
        Segment first = space.segments().get(0);
        first.pin();

        cursor.back(first, 3);
        cursor.fetching(true);
        first.unpin();

        assertEquals(0, before);
        assertEquals(log.head() - 3 * LENGTH, log.held(0));
        assertEquals(List.of(3 * LENGTH, 3 * LENGTH), List.of(cursor.position(), cursor.taken()));
        assertTrue(cursor.isFetching());
        assertEquals(numbers(3, ENTRIES + 2), read(cursor, 100));
        cursor.fetching(false);
        assertFalse(cursor.isFetching());
    }

    /** What was handed to a socket before is not what follows now. */
    @Test
    void shouldNotTakeWhatWasUnderWayForWhatItGoesBackTo() {
        Cursor cursor = reader();
        appendAll(0, 10);
        Segment segment = cursor.pin();
        cursor.pass(segment, 10);
        cursor.sent();
        cursor.back(segment, 0);
        cursor.pass(segment, 2);
        cursor.sent();
        segment.unpin();

        cursor.taken(10 * LENGTH);

        assertEquals(2 * LENGTH, cursor.taken());
        assertEquals(8 * LENGTH, log.held(0));
    }

    /** Less than was asked for exactly may be told, but not more than is known. */
    @Test
    void shouldLookAnewAfterAReviewHoweverLittleIsAskedFor() {
        reader();
        appendAll(0, 1);

        log.review();

        assertEquals(log.head(), log.held(log.head() - 1));
    }

    @Test
    void shouldCountWhatIsLeftOutByAJumpFromWhereItStands() {
        Cursor cursor = reader();
        appendAll(0, 3 * ENTRIES);
        read(cursor, ENTRIES + 3);

        cursor.jump();

        assertEquals(2 * ENTRIES - 3, space.overrun().sum());
        assertEquals(log.head(), cursor.position());
        assertEquals(log.head(), cursor.taken());
        assertEquals(0, log.unsettled());
    }

    @Test
    void shouldMoveAlongWithWhatNeedNotBeSentOnceTheSocketHasTakenAll() {
        Cursor cursor = reader();
        appendAll(0, 2);
        Segment segment = cursor.pin();
        cursor.pass(segment, 1);
        cursor.sent();
        cursor.taken(LENGTH);
        cursor.pass(segment, 2);
        segment.unpin();

        cursor.passed();

        assertEquals(2 * LENGTH, cursor.taken());
    }

    /** What it passed counts up to the end of its memory, and what is held begins in the next segment. */
    @Test
    void shouldTellHowLongTheSegmentBehindTheOneThatWasReadIsFull() {
        Cursor cursor = reader();
        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofMillis(10));
            appendAll(i * ENTRIES, (i + 1) * ENTRIES);
        }

        read(cursor, ENTRIES);

        assertEquals(TimeUnit.MILLISECONDS.toNanos(10), log.heldNanos(time.nanos()));
    }
}
