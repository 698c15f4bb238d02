// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Whether what a neighbour publishes comes over its link in time. */
class NeighbourLateTest extends NeighbourFixture {

    @Test
    void shouldBeBehindIfWhatOthersHaveDoesNotComeInTime() {
        link.told(says(EPOCH, 0), 1024);
        boolean atOnce = isBehind(1);
        boolean waits = link.isWaiting();
        advance(499);
        boolean soon = isBehind(1);
        advance(1);

        assertFalse(atOnce || soon);
        assertTrue(waits);
        assertTrue(isBehind(1));
    }

    @Test
    void shouldNotBeBehindIfItComes() {
        link.told(says(EPOCH, 0), 1024);
        isBehind(2);
        came(1, 2);
        advance(500);

        assertFalse(isBehind(2));
        assertFalse(link.isWaiting());
        assertFalse(isBehind(1));
    }

    @Test
    void shouldHaveMorePatienceWhileSomethingComes() {
        link.told(says(EPOCH, 0), 1024);
        boolean early = false;
        for (int i = 1; i <= 50; i++) {
            early |= isBehind(1000);
            came(i);
            advance(100);
        }

        assertFalse(early);
        assertTrue(isBehind(1000));
    }

    /** What this node does not read cannot come. */
    @Test
    void shouldNotBlameAPeerThatIsNotRead() {
        link.told(says(EPOCH, 0), 1024);
        isBehind(1);
        outbound.link().paused(true);
        advance(2000);
        boolean paused = isBehind(1);
        outbound.link().paused(false);
        advance(499);
        boolean soon = isBehind(1);
        advance(1);

        assertFalse(paused || soon);
        assertTrue(isBehind(1));
    }

    private void lose(long number) {
        isBehind(number);
        advance(5000);
        assertTrue(isBehind(number));
        link.lose(time.nanos());
    }

    @Test
    void shouldBeLostUntilAllHasComeThatWasLate() {
        link.told(says(EPOCH, 0), 1024);
        lose(3);
        boolean lost = !isLevel() && link.isLost(time.nanos()) && !link.isWaiting() && !isBehind(9);
        came(1, 2);
        boolean some = isLevel();
        came(3);

        assertTrue(lost);
        assertFalse(some);
        assertTrue(isLevel());
        assertFalse(link.isLost(time.nanos()));
    }

    @Test
    void shouldBeLostForSomeTimeMoreIfThereIsAGap() {
        link.told(says(EPOCH, 0), 1024);
        lose(3);
        came(1);
        boolean first = isLevel();

        assertFalse(first);
        assertNotLevelForSomeTimeAfterAGap();
    }

    @Test
    void shouldNotLookForEverWhetherALostPeerComesBack() {
        link.told(says(EPOCH, 0), 1024);
        lose(3);
        advance(59_999);
        boolean before = link.isLost(time.nanos());
        advance(1);

        assertTrue(before);
        assertFalse(link.isLost(time.nanos()));
    }

    private boolean isBehindAfter(long number, long millis) {
        came(number - 1);
        isLevel();
        isBehind(number);
        advance(millis - 1);
        boolean early = isBehind(number);
        advance(1);
        boolean behind = isBehind(number);
        assertFalse(early);
        return behind;
    }

    @Test
    void shouldHaveTwiceThePatienceWithOneThatWasOnlyLateForAMinute() {
        link.told(says(EPOCH, 0), 1024);
        lose(1);
        came(1);
        isLevel();

        assertTrue(isBehindAfter(3, 1000));
        link.lose(time.nanos());
        came(3);
        isLevel();
        assertTrue(isBehindAfter(5, 2000));
        came(5);
        isLevel();
        advance(60_000);
        isBehind(5);
        assertTrue(isBehindAfter(7, 500), "it is forgotten");
    }
}
