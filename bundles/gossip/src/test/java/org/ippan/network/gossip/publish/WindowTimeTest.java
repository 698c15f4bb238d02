// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the window of one priority shrinks with what messages wait in queues. */
class WindowTimeTest extends WindowFixture {

    @Test
    void shouldBeCutByAsMuchAsMessagesWaitInQueues() {
        settledAfter(40, Duration.ofMillis(50));
        long before = window.size();
        settledAfter(40, Duration.ofMillis(200));
        long cut = window.size();
        settledAfter(40, Duration.ofMillis(150));

        assertEquals(FIRST + 10 * KIB, before);
        assertEquals(before * 150 / 200, cut);
        assertEquals(cut + 10 * KIB, window.size(), "a tenth of a second more than the way itself is no queue");
    }

    @Test
    void shouldBeHalvedAtMostHoweverLongMessagesWait() {
        settledAfter(40, Duration.ofMillis(50));
        long before = window.size();
        settledAfter(40, Duration.ofSeconds(2));

        assertEquals(before / 2, window.size());
    }

    @Test
    void shouldNotBeCutAgainForWhatWasUnderWayAtTheCut() {
        settledAfter(40, Duration.ofMillis(50));
        publish(40);
        send();
        look();
        publish(40);
        send();
        time.advance(Duration.ofMillis(300));
        settle(40);
        long cut = window.size();
        time.advance(Duration.ofMillis(300));
        settle(40);

        assertEquals((FIRST + 10 * KIB) / 2, cut);
        assertEquals(cut, window.size(), "neither cut nor grown");
    }

    /** What waited from the beginning would else be taken for the time that the way takes. */
    @Test
    void shouldTakeForAQueueWhatTheLongestWayDoesNotExplain() {
        longestWay = Duration.ofMillis(300);
        settledAfter(40, Duration.ofMillis(400));
        long allowed = window.size();
        settledAfter(40, Duration.ofMillis(401));

        assertEquals(FIRST + 10 * KIB, allowed);
        assertTrue(window.size() < allowed, window.size() + " bytes");
    }

    @Test
    void shouldLearnThatTheWayBecameLonger() {
        settledAfter(40, Duration.ofMillis(10));
        settledAfter(40, Duration.ofMillis(400));
        long cut = window.size();
        for (int i = 0; i < 30; i++) {
            time.advance(Duration.ofSeconds(1));
            settledAfter(40, Duration.ofMillis(400));
        }
        long learnt = window.size();
        settledAfter(40, Duration.ofMillis(400));

        assertTrue(cut < FIRST, cut + " bytes");
        assertEquals(learnt + 10 * KIB, window.size());
    }

    @Test
    void shouldNotTimeAFewMessages() {
        settledAfter(40, Duration.ofMillis(10));
        long before = window.size();
        settledAfter(15, Duration.ofSeconds(1));

        assertEquals(before + 15 * KIB / 4, window.size());
    }

    /** The last of them may be told late that they are settled. */
    @Test
    void shouldTimeWhatIsFollowedByMore() {
        settledAfter(40, Duration.ofMillis(10));
        long before = window.size();
        publish(40);
        send();
        look();
        time.advance(Duration.ofMillis(50));
        settle(32);
        time.advance(Duration.ofSeconds(1));
        settle(8);

        assertEquals(before + 10 * KIB, window.size());
    }

    @Test
    void shouldLetMessagesWaitForLessWhereWaysAreShort() {
        shortWays = true;
        first = 2 * FIRST;
        settledAfter(40, Duration.ofMillis(5));
        settledAfter(40, Duration.ofMillis(30));
        long before = window.size();
        settledAfter(40, Duration.ofMillis(31));
        long cut = window.size();
        settledAfter(40, Duration.ofMillis(90));
        long half = window.size();
        settledAfter(40, Duration.ofMillis(90));

        assertEquals(2 * FIRST + 20 * KIB, before);
        assertTrue(cut < before);
        assertEquals(cut / 2, half);
        assertEquals(half + 10 * KIB, window.size(), "with less under way they may wait as long as elsewhere");
    }
}
