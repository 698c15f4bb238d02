// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.proof.Run.Answer;
import org.ippan.network.gossip.wire.Neighbourhood.Proof;
import org.junit.jupiter.api.Test;

class RunTest {

    private static final Key KEY = new Key(987_654_321);

    private final Run run = new Run(Rooms.ample());

    private static boolean add(Run run, long from, long to) {
        boolean full = false;
        for (long number = from; number <= to; number++) {
            full |= run.add(number, number * number);
        }
        return full;
    }

    private static long fingerprint(long from, long to) {
        long fingerprint = 0;
        for (long number = from; number <= to; number++) {
            fingerprint = KEY.fingerprint(fingerprint, number * number);
        }
        return fingerprint;
    }

    @Test
    void shouldHaveNothingToTellUntilSomethingComes() {
        assertEquals(0, run.window(Run.NONE));
        assertEquals(0, run.window(0));
        assertEquals(-1, run.fingerprint(0, 1, KEY));
        assertEquals(Answer.NOT_YET, run.check(0, 1, KEY, 1));
    }

    @Test
    void shouldTellWhatCameSinceItBegan() {
        run.begin(7);
        add(run, 8, 20);

        assertEquals(13, run.window(20));
        assertEquals(fingerprint(8, 20), run.fingerprint(20, 13, KEY));
        assertEquals(fingerprint(10, 15), run.fingerprint(15, 6, KEY));
        assertEquals(-1, run.fingerprint(20, 14, KEY));
        assertEquals(-1, run.fingerprint(21, 1, KEY));
        assertEquals(-1, run.fingerprint(20, 0, KEY));
        assertEquals(-1, run.fingerprint(20, -1, KEY));
    }

    @Test
    void shouldTellWhetherAPeerHasTheSame() {
        run.begin(0);
        add(run, 1, 20);

        assertEquals(Answer.EQUAL, run.check(15, 5, KEY, fingerprint(11, 15)));
        assertEquals(Answer.DIFFERENT, run.check(15, 5, KEY, fingerprint(11, 15) + 1));
        assertEquals(Answer.NOT_YET, run.check(21, 5, KEY, 0));
        assertEquals(Answer.UNKNOWN, run.check(15, 16, KEY, 0));
        assertNotEquals(Answer.EQUAL, run.check(Long.MIN_VALUE, Proof.MOST_IDS, KEY, 0));
        assertNotEquals(Answer.EQUAL, run.check(Long.MAX_VALUE, Proof.MOST_IDS, KEY, 0));
    }

    @Test
    void shouldKnowNothingOfWhatCameBeforeAGap() {
        run.begin(0);
        add(run, 1, 20);
        run.begin(24);
        add(run, 25, 30);

        assertEquals(6, run.window(30));
        assertEquals(fingerprint(25, 30), run.fingerprint(30, 6, KEY));
        assertEquals(-1, run.fingerprint(30, 7, KEY));
        assertEquals(-1, run.fingerprint(20, 5, KEY));
    }

    /** What is told in time does not make it grow; what is overwritten is not told. */
    @Test
    void shouldKeepFewWhereTheyAreToldInTime() {
        run.begin(0);
        boolean full = false;
        for (int number = 0; number < 10_000; number += 10) {
            full |= add(run, number + 1, number + 10);
            run.told(number + 10, 10, KEY);
        }

        assertFalse(full);
        assertEquals(512, run.window(10_000));
        assertEquals(fingerprint(8_977, 10_000), run.fingerprint(10_000, 1024, KEY));
        assertEquals(-1, run.fingerprint(10_000, 1025, KEY));
        assertEquals(-1, run.fingerprint(8_980, 10, KEY));
    }

    @Test
    void shouldKeepMoreWhereManyComeBeforeTheyAreTold() {
        run.begin(100);
        boolean full = add(run, 101, 4_000);

        assertFalse(full);
        assertTrue(run.window(4_000) >= 2000, run.window(4_000) + " ids");
        assertEquals(fingerprint(2_001, 4_000), run.fingerprint(4_000, 2_000, KEY));
    }

    @Test
    void shouldNotGrowForEver() {
        run.begin(0);
        boolean full = add(run, 1, 200_000);

        assertTrue(full);
        assertEquals(Proof.MOST_IDS, run.window(200_000));
        assertEquals(fingerprint(200_000 - 2 * Proof.MOST_IDS + 1, 200_000),
                run.fingerprint(200_000, 2 * Proof.MOST_IDS, KEY));
        assertEquals(-1, run.fingerprint(200_000, 2 * Proof.MOST_IDS + 1, KEY));
    }

    /** Peers that publish much and are told of by none would else fill the memory. */
    @Test
    void shouldGrowOnlyWhereThereIsRoomAndGiveItBack() {
        Room room = Rooms.of(64 * 1024);
        Run crowded = new Run(room.share(false));
        crowded.begin(0);

        boolean full = add(crowded, 1, 200_000);
        int window = crowded.window(200_000);
        long taken = room.bytes();
        crowded.end();
        add(crowded, 200_001, 400_000);

        assertTrue(full);
        assertEquals(1024, window);
        assertEquals(8 * 1024, taken);
        assertEquals(0, room.bytes());
        assertEquals(1024, crowded.window(400_000));
    }
}
