// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.Test;

/** How long members wait for strangers, one link each. */
class StrangerLinksTest extends LinksFixture {

    private static final int LOOK = 20;
    /** More than a stranger may have before it. */
    private static final int MUCH = 49;

    private final Strangers strangers = new Strangers(context, sources, announcer, () -> 0);
    private final List<Outbound> members = List.of(link(), link());
    private int published;

    private void publishToMembers(int messages) {
        publish(messages);
        published += messages;
        for (Outbound member : members) {
            take(member, messages);
            settle(member, published);
        }
    }

    private void look() {
        advance(LOOK);
        strangers.tick(time.nanos());
    }

    private void lookFor(long millis) {
        for (long passed = 0; passed < millis; passed += LOOK) {
            look();
        }
    }

    /** A stranger that has settled something, so that others wait for it. */
    private Outbound proven() {
        Outbound stranger = stranger();
        strangers.admit(stranger.link());
        publishToMembers(1);
        take(stranger, 1);
        settle(stranger, 1);
        look();
        return stranger;
    }

    /** How long others wait for one that is behind from now on. */
    private long waitFor(Outbound stranger) {
        long waited = 0;
        publishToMembers(MUCH);
        while (!stranger.link().isSlow() && waited < 60_000) {
            publishToMembers(1);
            look();
            waited += LOOK;
        }
        return waited;
    }

    private void takeAll(Outbound stranger) {
        take(stranger, (int) (stranger.lagBytes() / FRAME));
    }

    @Test
    void shouldLeaveAStrangerOutUntilItSettledSomethingWhereThereAreOthers() {
        look();
        Outbound stranger = stranger();
        strangers.admit(stranger.link());
        boolean leftOut = stranger.link().isLeftOut();
        publishToMembers(1);
        take(stranger, 1);
        look();
        boolean taken = stranger.link().isLeftOut();
        settle(stranger, 1);
        look();

        assertTrue(leftOut && taken);
        assertFalse(stranger.link().isLeftOut());
        assertFalse(Strangers.isLeftOut(stranger.link()));
    }

    @Test
    void shouldWaitForStrangersWhereThereIsNoOther() {
        members.forEach(member -> {
            member.link().end();
            member.end();
        });
        look();
        Outbound stranger = stranger();
        strangers.admit(stranger.link());
        look();

        assertFalse(stranger.link().isLeftOut());
    }

    @Test
    void shouldNotLeaveAMemberOut() {
        look();
        Outbound member = link();
        strangers.admit(member.link());

        assertFalse(member.link().isLeftOut() || member.link().isSlow());
    }

    /** As the node begins there are five seconds, which melt as they pass. */
    @Test
    void shouldWaitForSomeSecondsAtFirstAndLaterForLess() {
        Outbound first = proven();
        long atFirst = waitFor(first);
        Outbound second = stranger();
        strangers.admit(second.link());

        assertTrue(atFirst > 4000 && atFirst < 5000, atFirst + " ms");
        assertEquals(Patience.STRANGER, first.link().patience());
        assertTrue(Strangers.isLeftOut(first.link()));
        assertEquals(1, context.counters.slowed.sum());
        assertEquals(Patience.STRANGER, second.link().patience(), "the time of those like it is used up");
    }

    @Test
    void shouldWaitForShortTimesOnceItHasRunForAWhile() {
        lookFor(40_000);
        long waited = waitFor(proven());

        assertTrue(waited >= 250 && waited < 500, waited + " ms");
    }

    @Test
    void shouldWaitLongerForOneThatKeptUp() {
        Outbound stranger = proven();
        lookFor(40_000);
        long waited = waitFor(stranger);

        assertTrue(waited > 5000 && waited < 8000, waited + " ms");
        assertEquals(Patience.STRANGER_OF_STANDING, stranger.link().patience());
    }

    @Test
    void shouldWaitAgainForOneThatKeptUpForLongAgain() {
        lookFor(40_000);
        Outbound stranger = proven();
        waitFor(stranger);
        takeAll(stranger);
        settle(stranger, published);
        lookFor(9_000);
        boolean early = stranger.link().isSlow();
        lookFor(20_000);

        assertTrue(early);
        assertFalse(stranger.link().isSlow());
    }

    @Test
    void shouldNotMindWhatMembersHaveBeforeThem() {
        publish(MUCH);
        take(members.get(0), MUCH);
        lookFor(20_000);

        assertFalse(members.get(1).link().isSlow());
        assertFalse(strangers.isBusy());
    }

    @Test
    void shouldBeBusyWhileAStrangerIsBehind() {
        Outbound stranger = proven();
        boolean before = strangers.isBusy();
        publishToMembers(MUCH);
        look();
        boolean behind = strangers.isBusy();
        takeAll(stranger);
        settle(stranger, published);
        look();

        assertEquals(List.of(false, true, false), List.of(before, behind, strangers.isBusy()));
    }

    /** Or each identity could hold up others, and go just before it lags. */
    @Test
    void shouldChargeStrangersThatGo() {
        lookFor(40_000);
        List<Boolean> slow = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Outbound stranger = stranger();
            strangers.admit(stranger.link());
            slow.add(stranger.link().isSlow());
            stranger.link().leaveOut(false);
            publishToMembers(MUCH);
            lookFor(80);
            stranger.link().end();
            stranger.end();
            look();
        }

        assertEquals(List.of(false, false, false), slow.subList(0, 3));
        assertTrue(slow.get(5));
    }

    /** As one that is far behind never would keep up. */
    @Test
    void shouldWaitForAllAgainWhenOthersHaveTimeForThem() {
        lookFor(40_000);
        Outbound stranger = proven();
        publishToMembers(200);
        waitFor(stranger);
        lookFor(20_000);
        boolean early = stranger.link().isSlow();
        lookFor(20_000);

        assertTrue(early);
        assertFalse(stranger.link().isSlow());
        assertEquals(0, stranger.lagBytes(), "it goes on at the head of the logs");
        assertTrue(end(stranger).told.contains("offer IHAVE"), "what it did not get is announced");
    }

    @Test
    void shouldHoldPublishersByAStrangerFromWhenItIsProven() {
        look();
        Outbound stranger = stranger();
        strangers.admit(stranger.link());
        publishToMembers(3);
        long before = sources.own().held(0);
        take(stranger, 1);
        settle(stranger, 1);
        look();

        assertEquals(0, before);
        assertEquals(2 * FRAME, sources.own().held(0));
    }

    @Test
    void shouldTellThatAStrangerIsNotWaitedForThatIsBehindAndNeverSettledAnything() {
        look();
        Outbound stranger = stranger();
        strangers.admit(stranger.link());
        publishToMembers(MUCH);
        lookFor(980);
        boolean early = stranger.link().isSlow();
        lookFor(LOOK);

        assertFalse(early);
        assertEquals(Patience.STRANGER, stranger.link().patience());
        assertEquals(0, context.counters.slowed.sum(), "none waited for it");
    }

    /** It is shared by all links. */
    @Test
    void shouldAllowLessBeforeAStrangerWhereThereIsLittleMemory() {
        set("maxMessageBytes", 1024);
        set("cacheBytes", 128 * FRAME);
        proven();
        publishToMembers(7);
        look();
        boolean share = strangers.isBusy();
        publishToMembers(1);
        look();

        assertFalse(share);
        assertTrue(strangers.isBusy());
    }
}
