// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the window of one priority grows and shrinks with what is settled. */
class WindowSizeTest extends WindowFixture {

    @Test
    void shouldGrowByAQuarterOfWhatIsSettled() {
        publish(20);
        send();
        look();
        long underWay = window.underWay();
        long before = window.size();
        settle(12);

        assertEquals(20 * KIB, underWay);
        assertEquals(FIRST, before);
        assertEquals(8 * KIB, window.underWay());
        assertEquals(FIRST + 3 * KIB, window.size());
        settle(8);
        assertEquals(FIRST + 5 * KIB, window.size());
        look();
        assertEquals(FIRST + 5 * KIB, window.size(), "nothing more was settled");
    }

    @Test
    void shouldFollowTheNumberOfLinksUntilSomethingIsSettled() {
        publish(20);
        send();
        first = FIRST / 2;
        look();
        long fewer = window.size();
        settle(4);
        first = FIRST;
        look();

        assertEquals(FIRST / 2, fewer);
        assertEquals(FIRST / 2 + KIB, window.size());
    }

    @Test
    void shouldNotGrowWhereLinksAreNotReadyForMore() {
        publish(129);
        settleUnsent(129);
        long held = window.size();
        send();
        publish(128);
        settleUnsent(128);

        assertEquals(FIRST, held);
        assertEquals(FIRST + 32 * KIB, window.size());
    }

    /** Settled, though the link has it before it: by others. */
    private void settleUnsent(int kib) {
        link.settled(kib * KIB);
        look();
    }

    @Test
    void shouldStayWithinAQuarterOfTheMemory() {
        memory = 4 * (FIRST + 2 * KIB);
        settledAfter(100, Duration.ofMillis(1));

        assertEquals(FIRST + 2 * KIB, window.size());
    }

    @Test
    void shouldNeverBeTooSmallForAFewMessages() {
        first = 10 * KIB;
        publish(1);
        look();

        assertEquals(32 * KIB, window.size());
    }

    /** What others have under way by then is not known. */
    @Test
    void shouldBeginAnewWhereNothingWasPublishedForAWhile() {
        publish(20);
        send();
        log.pressed(10 * KIB);
        settle(20);
        time.advance(Duration.ofMillis(1999));
        look();
        long cut = window.size();
        time.advance(Duration.ofMillis(251));
        look();

        assertEquals(FIRST / 2, cut);
        assertEquals(FIRST, window.size());
    }

    @Test
    void shouldBeFullOnceMoreIsUnderWayThanMayBe() {
        publish(256);
        boolean just = window.isFull(log);
        publish(1);
        boolean more = window.isFull(log);
        send();
        settle(100);

        assertFalse(just);
        assertTrue(more, "what was published since the last look counts");
        assertFalse(window.isFull(log));
    }

    @Test
    void shouldHalveOnceForWhatWasUnderWayWhenAPeerSaidThatThereIsLittleRoom() {
        publish(100);
        send();
        log.pressed(10 * KIB);
        settle(10);
        long halved = window.size();
        log.pressed(100 * KIB);
        settle(90);
        long same = window.size();
        publish(100);
        send();
        log.pressed(101 * KIB);
        settle(1);

        assertEquals(FIRST / 2, halved);
        assertEquals(FIRST / 2 + 90 * KIB / 4, same);
        assertEquals((FIRST / 2 + 90 * KIB / 4) / 2, window.size());
    }

    @Test
    void shouldHalveOnceForWhatWasUnderWayWhenThereIsLittleRoomHere() {
        settledAfter(10, Duration.ofMillis(1));
        publish(100);
        send();
        pressed = true;
        settle(1);
        long halved = window.size();
        settle(99);
        long same = window.size();
        publish(2);
        send();
        settle(1);
        long still = window.size();
        settle(1);

        long before = FIRST + 10 * KIB / 4;
        assertEquals(before / 2, halved);
        assertEquals(halved + 99 * KIB / 4, same);
        assertEquals(same + KIB / 4, still, "all that was settled before was under way at the cut");
        assertEquals(still / 2, window.size());
    }

    @Test
    void shouldCountWhatWasAnnouncedLatelyWhereNoLinkSends() {
        sends = false;
        publish(10);
        look();
        long atOnce = window.underWay();
        time.advance(Duration.ofMillis(1000));
        publish(5);
        look();
        long both = window.underWay();
        time.advance(Duration.ofMillis(900));
        look();
        long still = window.underWay();
        time.advance(Duration.ofMillis(100));
        look();
        long second = window.underWay();
        time.advance(Duration.ofMillis(1000));
        look();

        assertEquals(10 * KIB, atOnce);
        assertEquals(15 * KIB, both);
        assertEquals(15 * KIB, still);
        assertEquals(5 * KIB, second);
        assertEquals(0, window.underWay());
    }

    @Test
    void shouldHaveNothingUnderWayWhereThereIsNoLink() {
        publish(10);
        log.leave(link);
        look();

        assertEquals(0, window.underWay());
    }
}
