// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.api.Priority;
import org.junit.jupiter.api.Test;

class LevelTest {

    private static final int NORMAL = Priority.NORMAL.ordinal();

    private final Level level = new Level();

    private List<Long> last() {
        return IntStream.range(0, 3).mapToObj(priority -> level.last(priority, 70)).toList();
    }

    @Test
    void shouldBeWhereThePublisherSaysUntilSomethingComes() {
        List<Long> before = last();
        level.came(Priority.NORMAL, 5);
        level.came(Priority.NORMAL, 6);

        assertEquals(List.of(70L, 70L, 70L), before);
        assertEquals(List.of(70L, 6L, 70L), last());
        assertEquals(0, level.gaps());
    }

    @Test
    void shouldFollowOnlyWhatThePublisherSaysThatTheLinkBeginsWith() {
        assertTrue(level.follows(NORMAL, 3));
        level.came(Priority.NORMAL, 5);
        level.came(Priority.NORMAL, 6);

        assertTrue(level.follows(NORMAL, 4));
        assertFalse(level.follows(NORMAL, 3) || level.follows(NORMAL, 6));
        assertTrue(level.follows(Priority.LOW.ordinal(), 3));
    }

    @Test
    void shouldCountEachGapWhicheverWayItGoes() {
        level.came(Priority.HIGH, 1);
        level.came(Priority.HIGH, 3);
        level.came(Priority.HIGH, 3);
        level.came(Priority.HIGH, 4);

        assertEquals(2, level.gaps());
    }
}
