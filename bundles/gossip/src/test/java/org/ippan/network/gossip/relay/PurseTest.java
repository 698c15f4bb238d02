// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PurseTest {

    private static final long MOST = 1000;

    /** How much more may be waited for until it is empty. */
    private static long left(Purse purse) {
        long left = 0;
        while (!purse.isEmpty()) {
            purse.pay(1);
            left++;
        }
        return left;
    }

    @Test
    void shouldFillByAPartOfTheTimeThatPassesAndNotBeyondItsBound() {
        Purse purse = new Purse(MOST, 20, 0);
        boolean empty = purse.isEmpty();
        purse.fill(1000);
        assertTrue(empty);
        assertEquals(200, left(purse));

        purse.fill(4995);
        assertFalse(purse.isFull());
        purse.fill(1_000_000);
        assertTrue(purse.isFull());
        assertEquals(MOST, left(purse));
    }

    @Test
    void shouldOweWhatWasOverdrawn() {
        Purse purse = new Purse(MOST, 50, 0);

        purse.pay(100);
        purse.fill(200);
        boolean paid = !purse.isEmpty();
        purse.fill(2);

        assertFalse(paid);
        assertEquals(1, left(purse));
    }

    /** What is given first melts, but does not fall below the bound by that. */
    @Test
    void shouldMeltWhatIsTooMuch() {
        Purse purse = new Purse(MOST, 20, 1300);

        purse.fill(1000);
        assertTrue(purse.isFull());
        assertEquals(1150, left(purse));

        Purse other = new Purse(MOST, 20, 1300);
        other.fill(1_000_000);
        assertEquals(MOST, left(other));
    }

    @Test
    void shouldBeFullAgainWhereItWasPaidForNothing() {
        Purse purse = new Purse(MOST, 20, 0);
        purse.pay(500);

        purse.refill();

        assertEquals(MOST, left(purse));
    }
}
