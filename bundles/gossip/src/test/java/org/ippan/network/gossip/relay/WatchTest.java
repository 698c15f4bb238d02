// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.Test;

/** When a link is behind. */
class WatchTest extends WatchFixture {

    @Test
    void shouldBeBehindWithMoreBeforeItThanItMayHave() {
        look();
        boolean idle = watch.isIdle();
        publish(10);
        look();
        boolean much = watch.isBehind();
        boolean idleWithWork = watch.isIdle();
        publish(1);
        look();
        boolean more = watch.isBehind() && watch.isBusy();
        take(outbound, 11);
        look();
        boolean unsettled = watch.isBusy();
        settle(outbound, 11);
        look();

        assertTrue(idle && more && unsettled);
        assertFalse(much || idleWithWork);
        assertTrue(watch.isIdle());
        assertFalse(watch.isBehind() || watch.isBusy());
    }

    @Test
    void shouldNotBeBehindWhereNothingIsSent() {
        publish(20);
        outbound.link().eager(false);
        look();

        assertFalse(watch.isBehind());
        assertFalse(watch.isIdle());
    }

    @Test
    void shouldBeFarBehindWithFourTimesAsMuch() {
        publish(40);
        look();
        boolean just = watch.isFar();
        publish(1);
        look();

        assertFalse(just);
        assertTrue(watch.isFar());
    }

    @Test
    void shouldCountWhatOthersBringOnlyAsFarAsItIsSent() {
        Outbound other = link();
        bring(other, 11);
        look();
        boolean sent = watch.isBehind();
        outbound.link().eager(false);
        look();

        assertTrue(sent);
        assertFalse(watch.isBehind());
    }

    @Test
    void shouldBeBehindWhereWhatItGotIsSettledLate() {
        publish(4);
        take(outbound, 4);
        look();
        lookAfter(511, 0);
        boolean inTime = watch.isBehind();
        lookAfter(1, 0);
        boolean late = watch.isBehind();
        settle(outbound, 4);
        look();

        assertFalse(inTime);
        assertTrue(late);
        assertFalse(watch.isBehind());
        assertTrue(watch.hasSettled());
    }

    @Test
    void shouldAllowForARoundTripButNotForALongOne() {
        end(outbound).roundTrip = Duration.ofSeconds(5);
        publish(4);
        take(outbound, 4);
        look();
        lookAfter(750, 0);
        boolean inTime = watch.isBehind();
        lookAfter(1, 0);

        assertFalse(inTime);
        assertTrue(watch.isBehind());
    }

    @Test
    void shouldNotBeLateWithLittleOrWhileItSettles() {
        publish(3);
        take(outbound, 3);
        lookAfter(1000, 0);
        boolean late = watch.isBehind();
        for (int i = 0; i < 40; i++) {
            publish(10);
            take(outbound, 10);
            settle(outbound, 3 + 10 * i);
            lookAfter(100, 0);
            late |= watch.isBehind();
        }

        assertFalse(late);
    }

    @Test
    void shouldBeBehindWithAnEighthOfAFullWindow() {
        publish(5);
        take(outbound, 5);
        lookAfter(20, 8 * 5 * FRAME);
        boolean eighth = watch.isBehind();
        lookAfter(20, 8 * 5 * FRAME + 8);
        boolean less = watch.isBehind();
        lookAfter(20, 1);
        boolean ofASmallOne = watch.isBehind();
        settle(outbound, 2);
        lookAfter(20, 1);

        assertTrue(eighth && ofASmallOne);
        assertFalse(less);
        assertFalse(watch.isBehind(), "it is little");
    }

    /** Of few long messages each link is at one nearly always. */
    @Test
    void shouldNotBeBehindByALongMessageThatItIsAt() {
        int length = 25 * FRAME;
        publishLong(length);
        Fill fill = hand(outbound, length);
        look();
        boolean at = watch.isBehind();
        publish(10);
        look();
        boolean much = watch.isBehind();
        publish(1);
        look();
        boolean more = watch.isBehind();
        fill.taken();
        take(outbound, 11);
        settle(outbound, 36);

        assertFalse(at || much);
        assertTrue(more);
        lookAfter(15_000, 0);
        publish(22);
        look();
        assertFalse(watch.isBehind(), "half of its length is remembered");
        publish(1);
        look();
        assertTrue(watch.isBehind());
    }

    /** A socket takes several short ones at once, too. */
    @Test
    void shouldBeBehindWithWhatItWasHandedOfShortMessages() {
        publish(16);
        hand(outbound, 16 * FRAME);
        look();

        assertTrue(watch.isBehind());
    }

    @Test
    void shouldMeasureHowFastItTakes() {
        publish(10);
        take(outbound, 5);
        lookAfter(100, 0);
        double rate = watch.rate();
        double peak = watch.peak();
        lookAfter(100, 0);
        double later = watch.peak();
        take(outbound, 1);
        look();
        double soon = watch.peak();

        double expected = 5.0 * FRAME / millis(100);
        assertEquals(expected, rate, 1e-9);
        assertEquals(expected, peak, 1e-9);
        assertEquals(expected * 299 / 300, later, 1e-9);
        assertEquals(later, soon, 1e-9, "over so short a time that says little");
        assertEquals((double) FRAME / LOOK, watch.rate(), 1e-9);
        assertEquals(6 * FRAME, watch.total());
    }

    private void behindFor(int looks) {
        for (int i = 0; i < looks; i++) {
            look();
        }
    }

    @Test
    void shouldBeBehindForLongAfterASecondWithoutABreak() {
        publish(11);
        behindFor(49);
        boolean before = watch.isBehindForLong();
        look();
        boolean after = watch.isBehindForLong();
        take(outbound, 11);
        look();

        assertFalse(before);
        assertTrue(after);
        assertFalse(watch.isBehindForLong());
    }
}
