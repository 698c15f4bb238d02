// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.proof.Rooms;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.Fetch;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does about what three peers say of each other: a publishes, b and c have it from a. */
class NeighbourhoodTest extends LinksFixture {

    private static final int EPOCH = 7;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration SOON = LOOK.dividedBy(8);

    private final Tree tree = new Tree(context, sources, announcer, new Serving(sources.index(), 1000));
    private final Neighbours neighbours = new Neighbours(context, tree, announcer, 5);
    private final Level level = new Level(() -> { }, Rooms.ample());
    private final Outbound a = link();
    private final Outbound b = link();
    private final Outbound c = link();

    @BeforeEach
    void connect() {
        Stream.of(a, b, c).forEach(each -> {
            tree.up(each);
            neighbours.up(each, source(each), each == a ? level : new Level(() -> { }, Rooms.ample()), true);
        });
    }

    private void tickFor(long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            advance(10);
            neighbours.tick(time.nanos());
        }
    }

    private static long peer(Outbound outbound) {
        return outbound.link().peer().word0();
    }

    private int told(Outbound outbound, String type) {
        return Collections.frequency(end(outbound).told, "offer " + type);
    }

    private Duration rest() {
        return Duration.ofNanos(neighbours.rest(time.nanos()));
    }

    private int fetches(Outbound outbound) {
        return told(outbound, "FETCH");
    }

    private void says(Outbound who, Neighbour... about) {
        neighbours.told(who.link(), new Neighbourhood(0, EPOCH, new long[3], List.of(about)));
    }

    /** What is said of a neighbour that has published so many messages. */
    private static Neighbour of(Outbound other, boolean sends, boolean level, long number) {
        return new Neighbour(peer(other), sends, level, EPOCH, new long[] {0, number, 0});
    }

    /** All are linked with each other, and everything comes. */
    private void sayThatAllIsWell() {
        says(a, of(b, true, true, 0), of(c, true, true, 0));
        says(b, of(a, true, true, 0), of(c, true, true, 0));
        says(c, of(a, true, true, 0), of(b, true, true, 0));
    }

    @Test
    void shouldSaySoonWhoIsThereAndOnlyWhatIsNew() {
        int atOnce = told(a, "NEIGHBOURS");
        tickFor(40);
        int soon = told(a, "NEIGHBOURS");
        tickFor(2000);

        assertEquals(List.of(0, 1), List.of(atOnce, soon));
        assertEquals(1, told(a, "NEIGHBOURS"));
        assertEquals(LOOK, rest());
        assertFalse(neighbours.isBusy());
    }

    @Test
    void shouldAnswerNewsSoonAndNumbersAloneWhenItIsTime() {
        sayThatAllIsWell();
        tickFor(300);
        advance(10);
        says(b, of(a, true, true, 0), of(c, true, true, 0));
        Duration same = rest();
        says(b, of(a, true, false, 0), of(c, true, true, 0));

        assertTrue(same.compareTo(SOON) > 0 && same.compareTo(LOOK) < 0, same.toString());
        assertEquals(SOON, rest());
    }

    @Test
    void shouldLookSoonWhenAPeerHasWhatDidNotCome() {
        sayThatAllIsWell();
        tickFor(300);
        says(b, of(a, true, true, 1), of(c, true, true, 0));

        assertEquals(SOON, rest());
    }

    @Test
    void shouldNoteWhoGetsEverythingFromItsPublisher() {
        sayThatAllIsWell();
        Duration rest = rest();
        tickFor(300);

        assertTrue(rest.compareTo(SOON) <= 0, rest.toString());
        assertEquals(a.link().bit() | c.link().bit(), b.link().served());
        assertEquals(a.link().bit() | c.link().bit(), b.link().neighbours());
        assertTrue(b.link().isEnclosed());
    }

    @Test
    void shouldBelieveNoPeerThatOneOfBothEndsDoesNotConfirm() {
        says(a, of(b, true, true, 0), of(c, false, true, 0));
        says(b, of(a, true, false, 0));
        says(c, of(a, true, true, 0));
        tickFor(300);

        assertEquals(0, b.link().served(), "not all of it comes");
        assertEquals(0, c.link().served(), "a does not send it all");
        assertEquals(a.link().bit(), b.link().neighbours());
        says(b, new Neighbour(peer(a), true, true, EPOCH + 1, new long[3]));
        tickFor(300);
        assertEquals(0, b.link().served(), "it means an earlier life of a");
        says(b);
        says(a, of(b, true, true, 0));
        tickFor(300);
        assertEquals(0, b.link().neighbours(), "only one of them says so");
    }

    @Test
    void shouldSendEverythingItselfInModeFlood() {
        set("relayMode", "flood");
        sayThatAllIsWell();
        tickFor(300);

        assertEquals(0, b.link().served());
        assertEquals(a.link().bit() | c.link().bit(), b.link().neighbours());
    }

    @Test
    void shouldFetchFromTheOneThatHasMostWhatDoesNotCome() {
        sayThatAllIsWell();
        tickFor(300);
        says(b, of(a, true, true, 4), of(c, true, true, 0));
        says(c, of(a, true, true, 5), of(b, true, true, 0));
        tickFor(500);
        int early = fetches(b) + fetches(c);
        tickFor(100);

        assertEquals(0, early);
        assertEquals(List.of(0, 1), List.of(fetches(b), fetches(c)));
        tickFor(2000);
        assertEquals(1, fetches(c), "it is asked once");
    }

    @Test
    void shouldFetchNothingThatComes() {
        sayThatAllIsWell();
        tickFor(300);
        says(b, of(a, true, true, 2), of(c, true, true, 0));
        tickFor(400);
        level.came(Priority.NORMAL, 1, 1);
        level.came(Priority.NORMAL, 2, 2);
        tickFor(2000);

        assertEquals(0, fetches(b) + fetches(c));
    }

    @Test
    void shouldNotBelieveNumbersOfAnotherLifeOfThePublisher() {
        sayThatAllIsWell();
        says(b, new Neighbour(peer(a), true, true, EPOCH + 1, new long[] {0, 9, 0}));
        tickFor(2000);

        assertEquals(0, fetches(b) + fetches(c));
    }

    @Test
    void shouldNotAskAPeerThatItDoesNotRead() {
        sayThatAllIsWell();
        tickFor(300);
        says(b, of(a, true, true, 4), of(c, true, true, 0));
        says(c, of(a, true, true, 5), of(b, true, true, 0));
        c.link().paused(true);
        tickFor(700);

        assertEquals(List.of(1, 0), List.of(fetches(b), fetches(c)));
    }

    private void lose(Outbound outbound) {
        outbound.link().end();
        neighbours.down(outbound.link());
    }

    @Test
    void shouldFetchAtOnceWhatAPeerWhoseLinkEndsMayHaveSentToOthersOnly() {
        sayThatAllIsWell();
        tickFor(300);
        int before = told(b, "NEIGHBOURS");
        lose(a);

        assertEquals(1, fetches(b) + fetches(c));
        assertEquals(before + 1, told(b, "NEIGHBOURS"));
    }

    @Test
    void shouldFetchNothingOfAPeerThatSaidNothing() {
        tickFor(300);
        lose(a);

        assertEquals(0, fetches(b) + fetches(c));
    }

    private static long[] after(long number) {
        return new long[] {0, number, 0};
    }

    private boolean isFetching(Outbound outbound) {
        return outbound.cursor(source(a).of(Priority.NORMAL)).isFetching();
    }

    @Test
    void shouldSendWhatAPeerAsksForThatItHasOfAnother() {
        b.link().eager(false);
        sayThatAllIsWell();
        tickFor(300);
        bring(a, 3);
        neighbours.fetched(b, new Fetch(peer(a), EPOCH + 1, after(0)));
        boolean ofAnotherLife = isFetching(b);
        neighbours.fetched(b, new Fetch(peer(a), EPOCH, after(0)));

        assertFalse(ofAnotherLife);
        assertTrue(isFetching(b));
        assertFalse(isFetching(c));
        assertEquals(c.link().bit(), b.link().served(), "it does not get that of a without us");
    }

    @Test
    void shouldSendForAWhileWhatItHasOfAPeerThatWent() {
        b.link().eager(false);
        c.link().eager(false);
        sayThatAllIsWell();
        tickFor(300);
        bring(a, 3);
        lose(a);
        tickFor(4900);
        neighbours.fetched(b, new Fetch(peer(a), EPOCH, after(0)));
        boolean inTime = isFetching(b);
        tickFor(500);
        neighbours.fetched(c, new Fetch(peer(a), EPOCH, after(0)));

        assertTrue(inTime);
        assertFalse(isFetching(c));
    }

    @Test
    void shouldGiveAPeerWhatItsPublisherDoesNotSendItAnyMore() {
        sayThatAllIsWell();
        tickFor(300);
        says(a, of(c, true, true, 0));
        tickFor(300);

        assertEquals(0, b.link().served() & a.link().bit());
        assertEquals(a.link().bit(), c.link().served() & a.link().bit());
    }

    @Test
    void shouldHealPrunedLinksWhereAllAreLinked() {
        sayThatAllIsWell();
        b.link().eager(false);
        tickFor(6000);
        boolean healed = b.link().isEager();
        b.link().eager(false);
        says(b, of(a, true, true, 0));
        tickFor(6000);

        assertTrue(healed);
        assertFalse(b.link().isEager());
    }
}
