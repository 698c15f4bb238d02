// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.junit.jupiter.api.Test;

/** What a peer brought of its neighbour is given to no other at first, and announced to all after a while. */
class WithheldTest extends LinksFixture {

    private final Outbound from = link();
    private final Outbound one = link();
    private final Outbound other = link();
    private final Withheld withheld = new Withheld(context, sources);
    private final List<Outbound> told = new ArrayList<>();

    /** The peer of the link is a neighbour of all others. */
    private void withhold() {
        from.link().enclosed(true);
        from.link().neighbours(one.link().bit());
        assertTrue(from.link().withholds(one.link(), 0));
    }

    private int tick() {
        told.clear();
        withheld.tick(time.nanos(), (outbound, announcement) -> told.add(outbound));
        return told.size();
    }

    private int tickAfter(long millis) {
        advance(millis);
        return tick();
    }

    @Test
    void shouldAnnounceItToTheOthersOnceTheyShouldHaveIt() {
        bringOfNeighbour(from, 1, 0);
        withhold();
        int atOnce = tick();
        boolean busy = withheld.isBusy();
        int early = tickAfter(499);
        tickAfter(1);
        List<Outbound> inTime = List.copyOf(told);

        assertEquals(List.of(0, 0), List.of(atOnce, early));
        assertTrue(busy);
        assertEquals(List.of(one, other), inTime);
        assertFalse(withheld.isBusy());
        assertEquals(0, tickAfter(1000));
    }

    @Test
    void shouldAnnounceNothingWhereAllWasGivenToOthers() {
        bringOfNeighbour(from, 1, 0);
        tick();

        assertEquals(0, tickAfter(1000));
        assertFalse(withheld.isBusy());
    }

    @Test
    void shouldAnnounceItAtOnceWhenThePeerGoes() {
        bringOfNeighbour(from, 2, 0);
        bringOfNeighbour(other, 1, 0);
        withhold();
        tick();
        withheld.down(other.link(), time.nanos());
        int ofAnother = tick();
        withheld.down(from.link(), time.nanos());

        assertEquals(0, ofAnother);
        assertEquals(4, tick());
    }

    @Test
    void shouldNotAnnounceWhatPeersHaveOrPublishersSendThem() {
        bring(from, 3);
        bringOfNeighbour(from, 1, one.link().bit());
        withhold();
        tick();
        tickAfter(500);

        assertEquals(List.of(other), told);
    }

    @Test
    void shouldNotAnnounceWhatIsOld() {
        bringOfNeighbour(from, 1, 0);
        advance(1);
        bringOfNeighbour(from, 1, 0);
        advance(29_500);
        withhold();
        tick();

        assertEquals(2, tickAfter(500), "of the second message only");
    }

    @Test
    void shouldAnnounceWhatCameSinceWithTheRest() {
        bringOfNeighbour(from, 1, 0);
        withhold();
        tick();
        advance(300);
        bringOfNeighbour(from, 1, 0);
        withhold();
        tick();
        int both = tickAfter(200);
        bringOfNeighbour(from, 1, 0);
        withhold();
        tick();
        int early = tickAfter(499);

        assertEquals(List.of(4, 0), List.of(both, early));
        assertEquals(2, tickAfter(1));
    }

    @Test
    void shouldAnnounceAFrameFullAtATime() {
        int most = ControlCodec.MAX_IDS;
        bringOfNeighbour(from, 2 * most + 1, 0);
        withhold();
        tick();
        int first = tickAfter(500);
        boolean busy = withheld.isBusy();
        int soon = tickAfter(249);
        int second = tickAfter(1);
        int third = tickAfter(250);

        assertEquals(List.of(2 * most, 0, 2 * most, 2), List.of(first, soon, second, third));
        assertTrue(busy);
        assertFalse(withheld.isBusy());
    }
}
