// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final long PLENTY = 1 << 20;

    private final AtomicInteger reliefs = new AtomicInteger();
    private final Room room = new Room(reliefs::incrementAndGet);
    private final Room.Share mine = room.share(true);
    private final Room.Share other = room.share(true);
    private final Room.Share stranger = room.share(false);
    private final Room.Share second = room.share(false);

    private static void take(Room.Share share, int times, int cost) {
        for (int i = 0; i < times; i++) {
            share.take(cost);
        }
    }

    @Test
    void shouldLetALinkUseAQuarterAndNoMoreThanHalfOfWhatIsFree() {
        room.resize(100, 1000);
        List<Long> empty = List.of((long) mine.freeMessages(), mine.freeBytes());
        take(other, 80, 10);
        List<Long> crowded = List.of((long) mine.freeMessages(), mine.freeBytes());
        take(mine, 4, 10);

        assertEquals(List.of(25L, 250L), empty);
        assertEquals(List.of(10L, 100L), crowded);
        assertEquals(List.of(4L, 40L), List.of((long) mine.freeMessages(), mine.freeBytes()));
        assertEquals(List.of(84L, 840L), List.of((long) room.messages(), room.bytes()));
        assertEquals(4, mine.messagesHeld());
        assertFalse(mine.isUnused());
        assertTrue(stranger.isUnused());
    }

    @Test
    void shouldLetALinkHaveTheLastPlaceHoweverSmallTheRoom() {
        room.resize(2, PLENTY);
        int first = mine.freeMessages();
        other.take(1);

        assertEquals(List.of(1, 1), List.of(first, mine.freeMessages()));
        assertTrue(mine.admits(1));
        mine.take(1);
        assertFalse(stranger.admits(1));
    }

    @Test
    void shouldLeaveAQuarterToLinksThatThisNodeOpened() {
        room.resize(100, PLENTY);
        take(stranger, 70, 1);
        List<Integer> nearly = List.of(second.freeMessages(), mine.freeMessages());
        take(stranger, 5, 1);

        assertEquals(List.of(3, 15), nearly);
        assertEquals(0, second.freeMessages());
        assertFalse(second.admits(1));
        assertTrue(mine.admits(1));
        stranger.giveBack(1);
        assertTrue(second.admits(1));
    }

    @Test
    void shouldLeaveAQuarterOfTheBytesToo() {
        room.resize(1000, 4000);
        stranger.take(2900);

        assertTrue(second.admits(100));
        assertFalse(second.admits(101));
        assertTrue(mine.admits(1100));
        assertFalse(mine.admits(1101));
    }

    @Test
    void shouldAdmitAMessageOfAnyLengthWhereNothingWaits() {
        room.resize(10, 100);

        assertTrue(mine.admits(1000) && stranger.admits(1000));
        mine.take(1000);
        assertFalse(other.admits(1));
        assertFalse(mine.admits(1));
    }

    @Test
    void shouldAdmitUpToItsShareAndNotBeyond() {
        room.resize(8, 400);
        mine.take(60);

        assertTrue(mine.admits(40));
        assertFalse(mine.admits(41));
        mine.take(1);
        assertFalse(mine.admits(1), "two of eight messages wait");
    }

    @Test
    void shouldCountThoseThatComeBefore() {
        room.resize(400, 4000);

        assertTrue(mine.admits(99, 900, 100));
        assertFalse(mine.admits(100, 900, 100));
        assertFalse(mine.admits(99, 901, 100));
        assertFalse(mine.admits(99, 900, 101));
    }

    private int leftAtFirstRelief(int cost) {
        take(mine, 20, cost);
        while (reliefs.get() == 0) {
            mine.giveBack(cost);
        }
        int left = mine.messagesHeld();
        take(mine, 20 - left, cost);
        mine.giveBack(cost);
        assertEquals(1, reliefs.get(), "more than half is used");
        return left;
    }

    @Test
    void shouldTellWhenAShareIsHalfEmptyOfMessages() {
        room.resize(80, PLENTY);

        assertEquals(10, leftAtFirstRelief(1));
    }

    @Test
    void shouldTellWhenAShareIsHalfEmptyOfBytes() {
        room.resize(1000, 800);

        assertEquals(10, leftAtFirstRelief(10));
    }
}
