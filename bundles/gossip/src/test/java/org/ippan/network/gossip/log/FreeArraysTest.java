// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeArraysTest {

    private static final int BYTES = 4096;

    private final FreeArrays free = new FreeArrays();

    private static SegmentArrays arrays() {
        return new SegmentArrays(BYTES);
    }

    /** How many of these are given out again. */
    private int left(List<SegmentArrays> kept) {
        int left = 0;
        while (kept.contains(free.take(BYTES, false))) {
            left++;
        }
        return left;
    }

    private List<SegmentArrays> keep(int count, long most) {
        List<SegmentArrays> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(arrays());
            free.keep(kept.get(i), most);
        }
        return kept;
    }

    @Test
    void shouldGiveTheLastThatWasKeptFirst() {
        List<SegmentArrays> kept = keep(3, Long.MAX_VALUE);

        for (int i = 2; i >= 0; i--) {
            assertSame(kept.get(i), free.take(BYTES, false));
        }
    }

    @Test
    void shouldKeepSixteenAtMostHoweverManyBytesItMay() {
        assertEquals(16, left(keep(20, Long.MAX_VALUE)));
    }

    @Test
    void shouldKeepAsManyBytesAsItMayAgainAndAgain() {
        long two = 2 * arrays().size();

        assertEquals(2, left(keep(5, two)));
        assertEquals(2, left(keep(3, two)), "what was taken does not count");
        assertEquals(0, left(keep(1, two / 2 - 1)));
    }

    @Test
    void shouldNotGiveMemoryThatIsMoreThanAnEighthLongerOrTooShort() {
        SegmentArrays long9 = SegmentArrays.alone(9000);
        free.keep(long9, Long.MAX_VALUE);

        assertNotSame(long9, free.take(9001, true));
        assertNotSame(long9, free.take(7999, true));
        assertNotSame(long9, free.take(9000, false));
        assertSame(long9, free.take(8000, true));
    }
}
