// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.rule.SharedTable;
import org.junit.jupiter.api.Test;

/** What is accepted is shared by where it comes from. */
class AcceptBudgetTest {

    private static final int RATE = 256;

    private final AcceptBudget budget = new AcceptBudget();
    private long now;

    private int take(Object place, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take(place, RATE, now) ? 1 : 0;
        }
        return taken;
    }

    private static Object place(String address) {
        try {
            return AcceptBudget.place(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldLetNoPlaceShutOutAnother() {
        int taken = 0;
        for (; now < TimeUnit.SECONDS.toNanos(60); now += TimeUnit.MILLISECONDS.toNanos(20)) {
            taken += take(place("203.0.113.1"), 50);
            assertTrue(budget.take(place("198.51.100." + now / 1_000_000_000), RATE, now) || now % 1_000_000_000 != 0);
        }

        assertTrue(taken < 64 + 60 * 16 + 1, "taken " + taken);
    }

    @Test
    void shouldKeepTheRuleOfShares() {
        SharedTable.check(() -> new SharedTable() {

            private final AcceptBudget shared = new AcceptBudget();

            @Override
            public void fill(int stranger) {
                while (serves(stranger)) {
                    continue;
                }
            }

            @Override
            public boolean serves(int stranger) {
                return shared.take(place("203.0.113." + stranger), RATE, now);
            }

            @Override
            public boolean servesDialled() {
                shared.reached(place("192.0.2.7"));
                return shared.take(place("192.0.2.7"), RATE, now);
            }
        }, 250);
    }

    @Test
    void shouldKeepTheLastQuarterForPlacesThisNodeReached() {
        budget.reached(place("192.0.2.7"));

        int strangers = 0;
        for (int i = 0; i < 1000; i++) {
            strangers += take(place("203.0.113." + i % 250), 1);
        }

        assertEquals(RATE * 3 / 4, strangers);
        assertFalse(budget.take(place("198.51.100.1"), RATE, now));
        assertEquals(64, take(place("192.0.2.7"), 100));
        assertTrue(budget.isKnown(place("192.0.2.7")));
    }

    @Test
    void shouldTakeAnIpv6NetworkForOnePlace() {
        assertEquals(place("2001:db8::1"), place("2001:db8::ffff:1"));
        assertNotEquals(place("2001:db8::1"), place("2001:db8:0:1::1"));
    }

    @Test
    void shouldShareNoRateThatIsLow() {
        for (int i = 0; i < 5; i++) {
            assertTrue(budget.take(place("203.0.113.1"), 5, now));
        }
        assertFalse(budget.take(place("203.0.113.1"), 5, now));
    }
}
