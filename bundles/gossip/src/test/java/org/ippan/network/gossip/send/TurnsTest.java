// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int KIB = 1024;

    private final Turns turns = new Turns(3);

    @Test
    void shouldLeaveATurnAfterSixtyFourKibibytes() {
        turns.took(0, 63 * KIB, 0);
        boolean before = turns.yields(0);
        turns.took(0, KIB, 0);

        assertFalse(before);
        assertTrue(turns.yields(0));
        assertFalse(turns.yields(1));
    }

    @Test
    void shouldLeaveAQuarterToTheLowerOne() {
        turns.took(0, 64 * KIB, 0);
        turns.took(1, 16 * KIB, 0b1);

        assertFalse(turns.yields(0));
        turns.took(0, 63 * KIB, 0);
        assertFalse(turns.yields(0));
        turns.took(0, KIB, 0);
        assertTrue(turns.yields(0));
    }

    @Test
    void shouldHaveATurnThatTookTooMuchPayForIt() {
        turns.took(0, 64 * KIB, 0);
        turns.took(1, 64 * KIB, 0b1);

        int urgent = 0;
        while (!turns.yields(0)) {
            turns.took(0, 16 * KIB, 0);
            urgent += 16;
        }
        assertEquals(256, urgent);
    }

    @Test
    void shouldHaveATurnThatTookLittleLeaveTheRest() {
        turns.took(0, 64 * KIB, 0);
        turns.took(1, 4 * KIB, 0b1);
        assertFalse(turns.yields(0));

        turns.took(0, 16 * KIB, 0);

        assertTrue(turns.yields(0));
    }

    @Test
    void shouldNotCountWhatWasTakenWhileNothingElseWaited() {
        turns.took(0, 64 * KIB, 0);
        turns.alone(0);

        assertFalse(turns.yields(0));
    }

    @Test
    void shouldHaveEachThatYieldedForgetWhatTheLowestTook() {
        turns.took(0, 64 * KIB, 0);
        turns.took(1, 64 * KIB, 0);
        turns.took(2, 16 * KIB, 0b11);

        assertFalse(turns.yields(0));
        assertFalse(turns.yields(1));
    }
}
