// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlaceTest {

    /** Above a place the index keeps 16 bits of its own. */
    private static final long TAG = 0xFEDCL << 48;

    @Test
    void shouldTellASegmentFromThoseThatHadItsNumberBefore() {
        int generation = 1;
        for (int i = 0; i < 200_000; i++) {
            int next = Place.generationAfter(generation);
            long place = Place.of(generation, 77, 4095);

            assertTrue(Place.isOf(place, generation));
            assertFalse(Place.isOf(place, next));
            assertEquals(0, Place.differs(place | TAG, generation));
            assertNotEquals(0, Place.differs(place | TAG, next));
            generation = next;
        }
    }

    @Test
    void shouldNeverBeZeroAsThatIsFreeRoomInTheIndex() {
        int generation = 1;
        for (int i = 0; i < 200_000; i++) {
            assertNotEquals(0, Place.of(generation, 0, 0));
            generation = Place.generationAfter(generation);
        }
    }
}
