// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bucket alone: numbers in, numbers out. */
final class TokenBucketTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Clocks begin anywhere, and run over. */
    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void shouldHoldABurstAndThenItsRate(long start) {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(1_000, 100 * MILLI), start);

        assertEquals(100, bucket.tokens(start));
        assertTrue(bucket.take(100, start) - start <= 0);
        assertEquals(0, bucket.waitNanos(start));
        bucket.take(1, start);
        assertEquals(MILLI, bucket.waitNanos(start));
        assertEquals(-1, bucket.tokens(start));
        assertEquals(0, bucket.waitNanos(start + MILLI));
    }

    @Test
    void shouldNotSaveMoreThanABurstHoweverLongItRests() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(1_000, 100 * MILLI), 0);

        bucket.take(100, 3600 * SECOND);

        assertEquals(0, bucket.tokens(3600 * SECOND));
    }

    @Test
    void shouldGiveTurnsOneBehindTheOther() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(1_000, 0), 0);

        assertEquals(0, bucket.take(10, 0));
        assertEquals(10 * MILLI, bucket.take(5, 0));
        assertEquals(15 * MILLI, bucket.take(1, 0));
        bucket.giveBack(1);
        assertEquals(15 * MILLI, bucket.take(1, 0));
    }

    @Test
    void shouldKeepItsRateWhateverIsTaken() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(1_048_576, 100 * MILLI), 0);
        long taken = 0;

        for (long now = 0; now < 10 * SECOND; now += MILLI) {
            while (bucket.waitNanos(now) == 0) {
                bucket.take(1_500, now);
                taken += 1_500;
            }
        }

        assertEquals(1.01 * 10 * 1_048_576, taken, 1_500);
    }

    @Test
    void shouldNeverBeEmptyWithoutARate() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(0, 0), 7);

        assertEquals(7, bucket.take(Integer.MAX_VALUE, 7));
        assertEquals(0, bucket.waitNanos(7));
        assertEquals(0, bucket.waitNanos(-7));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void shouldTakeOnlyWhatIsThere(long start) {
        TokenBucket bucket = new TokenBucket(Rate.oneIn(500 * MILLI, 10), start);

        assertFalse(bucket.tryTake(11, start));
        assertTrue(bucket.tryTake(10, start));
        assertFalse(bucket.tryTake(1, start + 499 * MILLI));
        assertTrue(bucket.tryTake(1, start + 500 * MILLI));
        assertFalse(bucket.tryTake(1, start + 500 * MILLI));
    }

    @Test
    void shouldBeFilledAtAnotherRateFromNowOn() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(10), 0);
        assertTrue(bucket.tryTake(10, 0));

        bucket.adapt(Rate.perSecond(1_000));
        assertEquals(500, bucket.tokens(SECOND / 2));
        bucket.adapt(Rate.perSecond(0));
        assertTrue(bucket.tryTake(1_000_000, SECOND / 2));
    }
}
