// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What healthy peers on a busy machine do at full speed, and are waited for. */
class MembersTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(1400);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldWaitForAPeerThatPausesNowAndThen(boolean member) {
        Crowd crowd = new Crowd(member, Crowd.FAST);
        Reader busy = crowd.honest.get(1);
        crowd.alice.set("cacheBytes", 8 << 20);

        int published = crowd.run(MINUTE, millis -> {
            if (millis % 18_000 == 5000) {
                busy.pause(PAUSE);
            }
        });

        assertEquals(0, crowd.slow());
        assertEquals(0, crowd.lost());
        assertEquals(0, crowd.alice.snapshot().overrun());
        assertEquals(500 * (60 - 3 * 1.4), published, 500 * 3);
    }

    /** One or the other is always last. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldWaitForStrangersThatTakeTurnsInBeingLast(long seed) {
        Crowd crowd = new Crowd(false, Crowd.FAST);
        crowd.alice.set("cacheBytes", 8 << 20);
        SplittableRandom random = new SplittableRandom(seed);

        crowd.run(MINUTE, millis -> {
            for (Reader reader : crowd.honest) {
                if (random.nextInt(20) == 0) {
                    reader.pause(Duration.ofMillis(random.nextInt(5, 80)));
                }
                if (millis % 100 == 0) {
                    reader.link.frameTime = Duration.ofNanos(random.nextInt(1_600_000, 2_400_000));
                }
            }
        });

        assertEquals(0, crowd.slow());
        assertEquals(0, crowd.lost());
        assertEquals(0, crowd.alice.snapshot().overrun());
        assertTrue(crowd.published > 0);
    }
}
