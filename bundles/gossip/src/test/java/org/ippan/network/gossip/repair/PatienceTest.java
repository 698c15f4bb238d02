// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipLink;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(250);

    private final Patience patience = new Patience(0);
    private long now;

    /** A period with so many requests, of which so many were needless. */
    private double period(int requests, int needless) {
        for (int i = 0; i < requests; i++) {
            patience.requested();
        }
        for (int i = 0; i < needless; i++) {
            patience.needless();
        }
        now += PERIOD;
        return patience.factor(now);
    }

    @Test
    void shouldGrowWhileRequestsAreNeedlessAndShrinkWhenTheyAreNot() {
        assertEquals(1, period(0, 0));
        double once = period(100, 50);
        assertTrue(once > 1);
        double twice = period(100, 50);
        assertTrue(twice > once);

        assertTrue(period(100, 0) < twice);
        for (int i = 0; i < 10; i++) {
            period(100, 0);
        }
        assertEquals(1, period(0, 0));
    }

    @Test
    void shouldNotWaitLongerForFewNeedlessOnesAmongMany() {
        assertEquals(1, period(100, 20));
    }

    @Test
    void shouldNotGrowBeyondABound() {
        for (int i = 0; i < 100; i++) {
            period(1, 1_000);
        }

        assertEquals(3, period(1, 1_000));
    }

    @Test
    void shouldHaveShrunkAfterAQuietTimeOfSeveralPeriods() {
        for (int i = 0; i < 10; i++) {
            period(10, 10);
        }

        now += 4 * PERIOD;

        assertEquals(1, patience.factor(now));
    }

    @Test
    void shouldStayAsItIsWithinAPeriod() {
        double grown = period(10, 10);
        patience.needless();

        assertEquals(grown, patience.factor(now + PERIOD - 1));
    }

    @Test
    void shouldWaitLongerThanBodiesTakeThatComeByThemselves() {
        long usual = waited();

        patience.came(TimeUnit.MILLISECONDS.toNanos(400));
        patience.came(TimeUnit.MILLISECONDS.toNanos(10));

        assertTrue(usual < TimeUnit.MILLISECONDS.toNanos(400));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(1200), waited());
        now += 20 * PERIOD;
        assertEquals(usual, waited(), "forgotten");
    }

    @Test
    void shouldNotWaitForLongHoweverLateBodiesCome() {
        patience.came(TimeUnit.MINUTES.toNanos(1));

        assertEquals(TimeUnit.SECONDS.toNanos(3), waited());
    }

    @Test
    void shouldAskFewAtOnceUntilThatIsSeenToBeNeeded() {
        int first = patience.atOnce();
        for (int i = 0; i < first; i++) {
            patience.requested();
            patience.needed();
        }

        assertEquals(16, first);
        assertEquals(2 * first, patience.atOnce());
        period(100, 20);
        assertEquals(2 * first, patience.atOnce());
        period(100, 50);
        assertEquals(first, patience.atOnce());
    }

    private long waited() {
        return patience.nanos(new GossipLink[0], now);
    }
}
