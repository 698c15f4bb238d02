// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a peer may do so often, with time as a number. */
class RateLimitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private int perSecond = 100;
    private long now = -3 * SECOND;
    private final RateLimit limit = new RateLimit(() -> perSecond, now);

    /** Asks a thousand times a second. */
    private int allowedIn(long seconds) {
        int allowed = 0;
        for (long end = now + seconds * SECOND; now < end; now += SECOND / 1000) {
            allowed += limit.allow(1, now) ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void shouldAllowASecondsWorthAtOnceAndThenItsRate() {
        assertEquals(1_100, allowedIn(10), 1);
        assertFalse(limit.isOffence());
        now += 3600 * SECOND;
        assertTrue(limit.allow(100, now));
        assertFalse(limit.allow(1, now));
    }

    @Test
    void shouldFollowARateThatChanges() {
        allowedIn(10);
        perSecond = 500;

        assertEquals(5_000, allowedIn(10), 5);
    }

    @Test
    void shouldTakeItForAnOffenceAfterThirtySecondsOnEnd() {
        allowedIn(30);
        assertFalse(limit.isOffence());
        allowedIn(2);
        assertTrue(limit.isOffence());
    }

    @Test
    void shouldBeginAgainAfterMoreThanTwoSecondsWithoutARefusal() {
        allowedIn(29);
        now += 2 * SECOND;
        allowedIn(29);
        assertFalse(limit.isOffence());
        allowedIn(2);
        assertTrue(limit.isOffence());
    }
}
