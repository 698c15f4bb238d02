// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.api.Priority;
import org.junit.jupiter.api.Test;

class LevelTest {

    private static final int NORMAL = Priority.NORMAL.ordinal();

    private final Level level = new Level(() -> { }, Rooms.ample());

    private List<Long> last() {
        return IntStream.range(0, 3).mapToObj(priority -> level.last(priority, 70)).toList();
    }

    @Test
    void shouldBeWhereThePublisherSaysUntilSomethingComes() {
        List<Long> before = last();
        level.came(Priority.NORMAL, 5, 5);
        level.came(Priority.NORMAL, 6, 6);

        assertEquals(List.of(70L, 70L, 70L), before);
        assertEquals(List.of(70L, 6L, 70L), last());
        assertEquals(0, level.gaps());
    }

    @Test
    void shouldFollowOnlyWhatThePublisherSaysThatTheLinkBeginsWith() {
        assertTrue(level.follows(NORMAL, 3));
        level.came(Priority.NORMAL, 5, 5);
        level.came(Priority.NORMAL, 6, 6);

        assertTrue(level.follows(NORMAL, 4));
        assertFalse(level.follows(NORMAL, 3) || level.follows(NORMAL, 6));
        assertTrue(level.follows(Priority.LOW.ordinal(), 3));
    }

    @Test
    void shouldCountEachGapWhicheverWayItGoes() {
        level.came(Priority.HIGH, 1, 1);
        level.came(Priority.HIGH, 3, 3);
        level.came(Priority.HIGH, 3, 3);
        level.came(Priority.HIGH, 4, 4);

        assertEquals(2, level.gaps());
    }

    /** A copy that was not taken, as its seal was not valid, does not count as one that came. */
    @Test
    void shouldCountWhatIsNotHereAfterAllAsAGap() {
        level.came(Priority.NORMAL, 5, 5);
        level.missed(Priority.NORMAL);
        level.came(Priority.NORMAL, 6, 6);

        assertEquals(1, level.gaps());
        assertEquals(1, level.run(NORMAL).window(6));
    }

    @Test
    void shouldTellOnceThatMuchCameUntilThatIsTold() {
        int[] told = {0};
        Level busy = new Level(() -> told[0]++, Rooms.ample());
        for (int number = 1; number <= 40_000; number++) {
            busy.came(Priority.HIGH, number, number);
        }
        boolean before = busy.isFull();
        busy.proof(new long[] {40_000, -1, -1}, new long[] {-1, -1, -1}, new Key(1));

        assertTrue(before);
        assertFalse(busy.isFull());
        assertEquals(1, told[0]);
    }
}
