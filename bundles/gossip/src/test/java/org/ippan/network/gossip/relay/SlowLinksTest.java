// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.Test;

/** For how long others wait for a link that takes or settles little. */
class SlowLinksTest extends LinksFixture {

    private static final int LOOK = 250;
    /** More than half a MiB. */
    private static final int MUCH = 65;

    private final Slowness slowness = new Slowness(context, sources, announcer, () -> 0);
    private final Outbound quick = link();
    private final Outbound slow = link();
    private int published;

    /** Publishes so many, which the quick one takes and settles. */
    private void publishToQuick(int messages) {
        publish(messages);
        published += messages;
        take(quick, messages);
        settle(quick, published);
    }

    private void lookFor(long millis) {
        for (long passed = 0; passed < millis; passed += LOOK) {
            advance(LOOK);
            slowness.tick(time.nanos());
        }
    }

    private boolean isSlow() {
        return slow.link().isSlow();
    }

    private void takeAll() {
        take(slow, (int) (slow.lagBytes() / FRAME));
        settle(slow, published);
    }

    @Test
    void shouldWaitFiveSecondsForALinkThatAloneHasMuchBeforeIt() {
        publishToQuick(MUCH);
        lookFor(4750);
        boolean before = isSlow();
        boolean busy = slowness.isBusy();
        lookFor(LOOK);

        assertFalse(before);
        assertTrue(busy);
        assertEquals(Patience.TOO_SLOW, slow.link().patience());
        assertEquals(1, context.counters.slowed.sum());
        assertFalse(quick.link().isSlow());
        lookFor(5000);
        assertEquals(1, context.counters.slowed.sum());
    }

    @Test
    void shouldNotMindALinkThatHasLessBeforeIt() {
        publishToQuick(MUCH - 1);
        settle(slow, 0);
        lookFor(20_000);

        assertFalse(isSlow());
    }

    @Test
    void shouldMindLessWhereThereIsLittleMemory() {
        set("maxMessageBytes", 1024);
        set("cacheBytes", 8 * 16 * FRAME);
        publishToQuick(16);
        lookFor(6000);
        boolean just = isSlow();
        publishToQuick(1);
        lookFor(5000);

        assertFalse(just);
        assertTrue(isSlow());
    }

    @Test
    void shouldWaitForItAgainAfterTenSecondsWithLittleBeforeIt() {
        publishToQuick(MUCH);
        lookFor(6000);
        publishToQuick(1);
        takeAll();
        lookFor(9750);
        boolean early = isSlow();
        int announced = end(slow).told.size();
        lookFor(2 * LOOK);

        assertTrue(early);
        assertFalse(isSlow());
        assertTrue(end(slow).told.size() > announced, "what it did not get is announced");
        assertFalse(slowness.isBusy());
    }

    /** The slow link takes and settles as much as comes, but never what it had before it. */
    private void takeEachLook(int times, int messages) {
        for (int i = 0; i < times; i++) {
            lookFor(LOOK);
            publishToQuick(messages);
            take(slow, messages);
            settle(slow, messages * (i + 1));
        }
    }

    @Test
    void shouldCallALinkBusyThatTakesMuch() {
        publishToQuick(MUCH);
        takeEachLook(40, 33);

        assertFalse(isSlow());
    }

    @Test
    void shouldCallALinkSlowThatTakesLessThanAMebibyteASecond() {
        publishToQuick(MUCH);
        takeEachLook(24, 32);

        assertTrue(isSlow());
    }

    @Test
    void shouldWaitForAllWhereSeveralAreBehind() {
        publish(MUCH);
        lookFor(20_000);

        assertFalse(isSlow() || quick.link().isSlow());
        assertEquals(0, context.counters.slowed.sum());
    }

    @Test
    void shouldForgetInTheSameTimeHowLongOthersWaited() {
        publishToQuick(MUCH);
        lookFor(4000);
        takeAll();
        lookFor(3000);
        publishToQuick(MUCH);
        lookFor(3750);
        boolean early = isSlow();
        lookFor(LOOK);

        assertFalse(early);
        assertTrue(isSlow());
    }

    @Test
    void shouldNotWaitForAPeerThatSettlesNothingForTwoSeconds() {
        publishToQuick(4);
        take(slow, 4);
        lookFor(2000);
        boolean before = slow.link().isUnsettling();
        lookFor(LOOK);
        boolean after = slow.link().isUnsettling();
        settle(slow, 4);
        lookFor(9750);
        boolean still = slow.link().isUnsettling();
        lookFor(LOOK);

        assertEquals(List.of(false, true, true, false), List.of(before, after, still, slow.link().isUnsettling()));
        assertFalse(isSlow() || quick.link().isUnsettling());
    }

    @Test
    void shouldNotMindAFewMessagesThatAreNotSettled() {
        publishToQuick(3);
        take(slow, 3);
        lookFor(20_000);

        assertFalse(slow.link().isUnsettling());
    }

    @Test
    void shouldWaitFiveSecondsForAPeerThatSettlesLittle() {
        publishToQuick(40);
        take(slow, 40);
        int looks = 0;
        while (!slow.link().isUnsettling() && looks < 100) {
            lookFor(LOOK);
            looks++;
            settle(slow, looks / 4);
        }

        assertEquals(5000 / LOOK, looks, 1);
    }

    /** Where all share what the network carries each publishes little, and waits for what is on its way. */
    private boolean isUnsettlingWith(int unsettled, int settledEachLook) {
        publishToQuick(unsettled);
        take(slow, unsettled);
        for (int looks = 1; looks <= 80; looks++) {
            lookFor(LOOK);
            publishToQuick(settledEachLook);
            take(slow, settledEachLook);
            settle(slow, looks * settledEachLook);
        }
        return slow.link().isUnsettling();
    }

    @Test
    void shouldWaitForAPeerThatSettlesInHalfASecondWhatItHas() {
        assertFalse(isUnsettlingWith(5, 3));
    }

    @Test
    void shouldNotWaitForAPeerThatTakesLongerToSettleWhatItHas() {
        assertTrue(isUnsettlingWith(9, 4));
    }

    @Test
    void shouldForgetALinkThatEnded() {
        publishToQuick(MUCH);
        lookFor(1000);
        boolean busy = slowness.isBusy();
        slow.link().end();
        slow.end();
        lookFor(LOOK);

        assertTrue(busy);
        assertFalse(slowness.isBusy());
    }

    @Test
    void shouldLookFourTimesASecond() {
        publishToQuick(MUCH);
        advance(249);
        slowness.tick(time.nanos());
        boolean early = slowness.isBusy();
        advance(1);
        slowness.tick(time.nanos());

        assertFalse(early);
        assertTrue(slowness.isBusy());
    }

    @Test
    void shouldGoOnAtTheHeadOfTheLogsOnceItIsWaitedForAgain() {
        publishToQuick(MUCH);
        lookFor(6000);
        take(slow, MUCH - 10);
        settle(slow, MUCH - 10);
        lookFor(10_250);

        assertFalse(isSlow());
        assertEquals(0, slow.lagBytes());
        assertTrue(end(slow).told.contains("offer IHAVE"), "the ten that it left out are announced");
    }

    /** What strangers do that are not waited for hides no other. */
    @Test
    void shouldFindTheSlowOneThoughAStrangerIsBehindToo() {
        lookFor(LOOK);
        Outbound stranger = stranger();
        slowness.admit(stranger.link());
        boolean leftOut = stranger.link().isLeftOut();
        publishToQuick(MUCH);
        lookFor(5000);

        assertTrue(leftOut);
        assertTrue(isSlow());
        assertTrue(slowness.isBusy());
    }
}
