// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.Test;

/** When a link does not keep up with others, and what it costs them. */
class WatchAloneTest extends WatchFixture {

    @Test
    void shouldLagOnceOthersLostMoreByItThanByOthers() {
        publish(11);
        look();
        watch.alone(0.5, millis(200));
        watch.judge(0, LOOK);
        boolean tolerated = watch.lags();
        watch.alone(1, millis(1));
        watch.judge(0, LOOK);
        boolean lags = watch.lags();
        watch.judge(millis(1), LOOK);
        boolean beyondWhatIsUsual = watch.lags();
        watch.alone(0, millis(1));
        watch.judge(0, LOOK);

        assertFalse(tolerated || beyondWhatIsUsual);
        assertTrue(lags);
        assertFalse(watch.lags(), "it is not alone any more");
        assertEquals(millis(101), watch.aloneLately());
        assertEquals(millis(101), watch.excess());
    }

    @Test
    void shouldPayOnceForTheTimeBeyondWhatIsUsual() {
        publish(11);
        look();
        watch.alone(1, millis(200));
        watch.judge(millis(20), LOOK);
        long first = watch.charge();
        long again = watch.charge();
        watch.alone(1, millis(30));
        watch.judge(millis(10), LOOK);

        assertEquals(millis(140), first);
        assertEquals(0, again);
        assertEquals(millis(30), watch.charge());
        watch.alone(1, millis(30));
        watch.judge(millis(1000), LOOK);
        assertEquals(0, watch.charge(), "others were alone for longer");
    }

    private void aloneIn(int looks, int of) {
        publish(11);
        for (int i = 0; i < of; i++) {
            look();
            watch.alone(i < looks ? 1 : 0, LOOK);
            watch.judge(millis(60_000), LOOK);
        }
        watch.alone(1, 0);
        watch.judge(millis(60_000), 0);
    }

    /** Many strangers in turn could make much usual. */
    @Test
    void shouldLagWhateverIsUsualWhereItIsBehindForLongAndMostlyAlone() {
        aloneIn(38, 50);

        assertTrue(watch.lags());
        assertEquals(38 * LOOK, watch.charge());
        assertEquals(0, watch.keptUp());
    }

    @Test
    void shouldNotBeCalledStuckWhereItWasSeldomAlone() {
        aloneIn(37, 50);

        assertFalse(watch.lags());
        assertEquals(0, watch.charge());
    }

    @Test
    void shouldForgetTimeAloneInSomeSeconds() {
        publish(11);
        look();
        watch.alone(1, millis(100));
        take(outbound, 11);
        settle(outbound, 11);
        lookAfter(1000, 0);
        watch.alone(0, LOOK);
        watch.judge(0, LOOK);

        assertEquals(millis(80), watch.aloneLately());
        assertEquals(millis(80), watch.charge(), "and is to be paid no longer");
        lookAfter(10_000, 0);
        assertEquals(0, watch.aloneLately());
    }

    /** It was late before that could be seen. */
    @Test
    void shouldCountTheTimeFromWhenItShouldHaveSettled() {
        publish(4);
        take(outbound, 4);
        look();
        lookAfter(600, 0);
        watch.alone(1, LOOK);
        long first = watch.aloneLately();
        look();
        watch.alone(1, LOOK);

        assertEquals(millis(620), first);
        assertEquals(first - first / 250 + LOOK, watch.aloneLately(), 1);
    }

    @Test
    void shouldKeepUpAsLongAsItDoesNotLag() {
        for (int i = 0; i < 10; i++) {
            look();
            watch.judge(0, LOOK);
        }
        long kept = watch.keptUp();
        outbound.link().eager(false);
        watch.judge(0, LOOK);
        long lazy = watch.keptUp();
        outbound.link().eager(true);
        publish(11);
        look();
        watch.alone(1, millis(101));
        watch.judge(0, millis(2));
        long lagged = watch.keptUp();
        watch.judge(0, LOOK);

        assertEquals(10 * LOOK, kept);
        assertEquals(kept, lazy);
        assertEquals(kept - millis(20), lagged);
        assertEquals(0, watch.keptUp());
        watch.alone(0, LOOK);
        watch.judge(0, LOOK);
        assertEquals(LOOK, watch.keptUp());
        publish(40);
        look();
        watch.judge(0, LOOK);
        assertEquals(0, watch.keptUp(), "it is far behind");
    }

    @Test
    void shouldLoseItsStandingWhenItIsGivenUp() {
        watch.takeBack(true);
        boolean standing = watch.hasStanding() && !watch.wasGivenUp();
        watch.judge(0, LOOK);
        watch.giveUp();

        assertTrue(standing);
        assertFalse(watch.hasStanding());
        assertTrue(watch.wasGivenUp());
        assertEquals(0, watch.keptUp());
        watch.takeBack(false);
        assertFalse(watch.hasStanding() || watch.wasGivenUp());
    }

    @Test
    void shouldBeUnprovenUntilItSettledSomething() {
        Outbound stranger = stranger();
        stranger.link().leaveOut(true);
        Watch unproven = new Watch(stranger, new Exchange(), time.nanos());
        boolean before = unproven.isUnproven() && unproven.isStranger() && !unproven.hasSettled();
        unproven.prove();

        assertTrue(before);
        assertFalse(unproven.isUnproven() || stranger.link().isLeftOut());
        assertFalse(watch.isUnproven() || watch.isStranger());
    }

    @Test
    void shouldBeWaitedForUnlessThereIsAReasonNotTo() {
        boolean atFirst = watch.isWaitedFor();
        outbound.link().patience(Patience.TOO_SLOW);
        boolean slow = watch.isWaitedFor();
        outbound.link().patience(Patience.WAITS);
        outbound.link().leaveOut(true);
        boolean leftOut = watch.isWaitedFor();
        outbound.link().leaveOut(false);
        outbound.link().eager(false);
        boolean lazy = watch.isWaitedFor();
        outbound.link().eager(true);
        boolean again = watch.isWaitedFor();
        outbound.link().end();

        assertTrue(atFirst && again);
        assertFalse(slow || leftOut || lazy || watch.isWaitedFor());
    }
}
