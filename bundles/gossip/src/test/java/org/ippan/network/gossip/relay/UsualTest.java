// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.Test;

/** What others lose by one link, as the others show it. */
class UsualTest extends LinksFixture {

    private static final long LIMIT = 10 * FRAME;
    private static final long LOOK = millis(100);

    private final Exchange exchange = new Exchange();
    private final List<Watch> all = new ArrayList<>();

    private Watch watch(Outbound outbound) {
        Watch watch = new Watch(outbound, exchange, time.nanos());
        all.add(watch);
        return watch;
    }

    private List<Watch> members(int count) {
        List<Watch> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(watch(link()));
        }
        return members;
    }

    private void look() {
        advance(100);
        exchange.look(sources.appended(), LOOK);
        all.forEach(each -> each.look(LIMIT, 0, LOOK, time.nanos()));
    }

    /** Publishes so much, of which each takes as much as is said, and looks at them. */
    private void publishAndTake(int messages, int... taken) {
        publish(messages);
        for (int i = 0; i < taken.length; i++) {
            take(all.get(i).outbound(), taken[i]);
            settle(all.get(i).outbound(), (int) (all.get(i).total() / FRAME) + taken[i]);
        }
        look();
    }

    private double loss(Watch one) {
        return Usual.of(all).loss(one);
    }

    @Test
    void shouldLoseByALinkWhatItTakesLessThanOthersThatHaveNothingToDo() {
        Watch one = members(3).get(0);
        publishAndTake(60, 44, 60, 60);
        double slow = loss(one);
        double others = loss(all.get(1));

        assertEquals(1 - 44 / 60.0, slow, 1e-9);
        assertEquals(0, others);
    }

    @Test
    void shouldLoseNothingByOneThatIsNearlyAsFast() {
        Watch one = members(3).get(0);
        publishAndTake(60, 45, 60, 60);

        assertTrue(one.isBehind());
        assertEquals(0, loss(one));
    }

    @Test
    void shouldLoseNothingByOneThatIsNotAlone() {
        Watch one = members(3).get(0);
        publishAndTake(60, 10, 60, 59);

        assertTrue(one.isBehind());
        assertEquals(0, loss(one), "one witness of two others");
    }

    @Test
    void shouldNeedNoMoreThanTwoWitnesses() {
        Watch one = members(5).get(0);
        publishAndTake(60, 30, 60, 60, 59, 59);

        assertEquals(0.5, loss(one), 1e-9);
    }

    @Test
    void shouldNeedNoSecondWitnessWhereThereIsOneOther() {
        Watch one = members(2).get(0);
        publishAndTake(60, 30, 60);

        assertEquals(0.5, loss(one), 1e-9);
    }

    @Test
    void shouldLoseNothingByTheOnlyLink() {
        Watch one = members(1).get(0);
        publishAndTake(60, 1);

        assertTrue(one.isBehind());
        assertEquals(0, loss(one));
    }

    @Test
    void shouldLoseAllTheTimeByOneThatIsBehindForLong() {
        Watch one = members(3).get(0);
        publishAndTake(60, 20, 60, 60);
        for (int i = 0; i < 9; i++) {
            publishAndTake(10, 10, 10, 10);
        }

        assertTrue(one.isBehindForLong());
        assertEquals(1, loss(one));
    }

    /** It is slowed by those behind it. */
    @Test
    void shouldLeaveMoreTimeToOneThatBringsItsPart() {
        Watch one = members(3).get(0);
        look();
        bring(one.outbound(), 1);
        look();
        bring(one.outbound(), 50);
        take(all.get(1).outbound(), 51);
        take(all.get(2).outbound(), 51);
        settle(all.get(1).outbound(), 51);
        settle(all.get(2).outbound(), 51);
        look();
        publishAndTake(60, 12, 60, 60);
        double fair = loss(one);
        assertTrue(one.bringsItsPart());
        publishAndTake(60, 11, 60, 60);

        assertEquals(0, fair);
        assertTrue(loss(one) > 0);
    }

    @Test
    void shouldTakeMembersForUsualBeforeStrangers() {
        members(1);
        Watch stranger = watch(stranger());
        boolean network = Usual.of(all).isOfNetwork();
        List<Watch> strangersOnly = List.of(stranger);
        boolean unknown = Usual.of(strangersOnly).isOfNetwork();
        stranger.takeBack(true);

        assertTrue(network);
        assertFalse(unknown);
        assertTrue(Usual.of(strangersOnly).isOfNetwork(), "it has standing");
        stranger.link().leaveOut(true);
        assertFalse(Usual.of(strangersOnly).isOfNetwork(), "it is not waited for");
    }

    @Test
    void shouldNotAskStrangersWhereThereAreMembers() {
        Watch one = members(1).get(0);
        Watch stranger = watch(stranger());
        publishAndTake(60, 30, 60);

        assertEquals(0, loss(one), "no other member has nothing to do");
        publishAndTake(60, 90, 20);
        assertTrue(loss(stranger) > 0);
    }

    private void alone(long... times) {
        for (int i = 0; i < times.length; i++) {
            all.get(i).alone(1, millis(times[i]));
        }
    }

    private long timeAlone(int of) {
        return Usual.of(all).timeAlone(all.get(of)) / millis(1);
    }

    @Test
    void shouldTellNearlyTheLeastThatOthersWereAlone() {
        members(7);
        alone(100, 60, 50, 40, 30, 20, 10);

        assertEquals(30, timeAlone(0), "the third of six others");
        assertEquals(40, timeAlone(6));
    }

    @Test
    void shouldTellTheLeastOfTwoOthersAndNothingWithoutAny() {
        members(3);
        alone(100, 60, 50);

        assertEquals(50, timeAlone(0));
        assertEquals(0, Usual.of(List.of(all.get(0))).timeAlone(all.get(0)));
    }

    @Test
    void shouldNotMatterToOneThatWasNotAlone() {
        members(3);
        alone(0, 60, 50);

        assertEquals(0, timeAlone(0));
    }
}
