// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableShareTest {

    private final TableShare table = new TableShare(80);

    /** How many places a link may have while so many of all are taken. */
    private int share(boolean dialled, int taken) {
        return (int) IntStream.range(0, 80).filter(own -> table.hasShare(dialled, own, taken)).count();
    }

    @Test
    void shouldGiveHalfWhileHalfIsFreeAndThenAQuarterOrAnEighth() {
        assertEquals(40, share(true, 39));
        assertEquals(40, share(false, 39));
        assertEquals(20, share(true, 40));
        assertEquals(10, share(false, 40));
    }

    @Test
    void shouldLeaveTheLastQuarterToLinksThatThisNodeOpened() {
        assertTrue(table.admits(false, 0, 59));
        assertFalse(table.admits(false, 0, 60));
        assertTrue(table.admits(true, 0, 60));
        assertTrue(table.admits(true, 19, 79));
        assertFalse(table.admits(true, 20, 79));
        assertFalse(table.admits(true, 0, 80));
        assertTrue(table.isFull(false, 60) && !table.isFull(true, 79));
    }
}
