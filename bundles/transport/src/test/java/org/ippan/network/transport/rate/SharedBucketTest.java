// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.testkit.Racers;
import org.junit.jupiter.api.Test;

/** One bucket of all connections, taken from by their threads. */
class SharedBucketTest {

    private static final int TAKES = 10_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void shouldForgetNothingThatSeveralThreadsTake() throws Exception {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(1_000_000, 0), 0);
        IntConsumer taker = round -> {
            bucket.take(3, 0);
            bucket.giveBack(1);
        };

        Racers.race(TAKES, taker, taker, taker);

        assertEquals(3 * 2 * TAKES * SECOND / 1_000_000, bucket.waitNanos(0));
    }
}
