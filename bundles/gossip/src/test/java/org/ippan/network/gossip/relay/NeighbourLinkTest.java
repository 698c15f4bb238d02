// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.proof.Rooms;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.junit.jupiter.api.Test;

/** What a peer says of its neighbours, and what is said to it. */
class NeighbourLinkTest extends NeighbourFixture {

    @Test
    void shouldKnowNothingOfAPeerThatSaidNothing() {
        assertFalse(link.isTold() || isLevel() || isBehind(5));
        assertEquals(0, link.epoch());
        assertEquals(0, link.neighbourCount());
        assertArrayEquals(new long[] {-1, -1, -1}, link.numbers());
    }

    @Test
    void shouldKnowWhatAPeerSaysOfItsNeighbours() {
        link.told(says(EPOCH, 5, 11, 12), 1024);

        assertEquals(EPOCH, link.epoch());
        assertEquals(2, link.neighbourCount());
        assertEquals(12, link.neighbour(12).peer());
        assertNull(link.neighbour(13));
        link.told(says(EPOCH, 5, 13), 1024);
        assertEquals(1, link.neighbourCount());
    }

    @Test
    void shouldBeLinkedToAllIfItNamesThemAndNoOthers() {
        List<NeighbourLink> all = new ArrayList<>(List.of(link));
        for (int i = 0; i < 2; i++) {
            Outbound other = link();
            all.add(new NeighbourLink(other, source(other), new Level(() -> { }, Rooms.ample()), true, time.nanos()));
        }
        long one = all.get(1).peer;
        long two = all.get(2).peer;
        List<Boolean> linked = new ArrayList<>();
        for (Neighbourhood each : List.of(says(EPOCH, 0, one), says(EPOCH, 0, one, 99), says(EPOCH, 0, one, two, 99),
                says(EPOCH, 0, one, two))) {
            link.told(each, 1024);
            linked.add(link.isLinkedTo(all));
        }

        assertEquals(List.of(false, false, false, true), linked);
    }

    @Test
    void shouldBeginWhereThePeerSaysUntilSomethingComes() {
        link.told(says(EPOCH, 5), 1024);
        long[] before = link.numbers();
        came(6, 7);

        assertArrayEquals(new long[] {0, 5, 0}, before);
        assertArrayEquals(new long[] {0, 7, 0}, link.numbers());
        assertTrue(isLevel());
    }

    @Test
    void shouldForgetNumbersOfAPeerThatBeganAnew() {
        link.told(says(EPOCH, 5), 1024);
        came(6, 7);
        link.told(says(EPOCH + 1, 3), 1024);
        long[] anew = link.numbers();
        boolean levelBefore = isLevel();
        came(4);

        assertArrayEquals(new long[] {0, 3, 0}, anew);
        assertTrue(levelBefore);
        assertArrayEquals(new long[] {0, 4, 0}, link.numbers());
    }

    @Test
    void shouldNotBeLevelIfTheFirstThatCameIsNotTheFirstThatWasSent() {
        came(7);
        link.told(says(EPOCH, 5), 1024);

        assertFalse(isLevel());
        NeighbourLink late = new NeighbourLink(outbound, source(outbound), level, false, time.nanos());
        late.told(says(EPOCH, 5), 1024);
        assertTrue(late.isLevel(time.nanos()), "the link is older than what is said of it");
    }

    @Test
    void shouldNotBeLevelForSomeTimeAfterAGap() {
        link.told(says(EPOCH, 0), 1024);
        came(1);
        boolean before = isLevel();

        assertTrue(before);
        assertNotLevelForSomeTimeAfterAGap();
    }

    private boolean hasChanged() {
        return link.hasChanged(time.nanos(), 1000, 2 * FRAME);
    }

    @Test
    void shouldTellOnceWhatChanged() {
        List<Boolean> changes = new ArrayList<>();
        changes.add(hasChanged());
        changes.add(hasChanged());
        link.told(says(EPOCH, 0, 11), 1024);
        changes.add(hasChanged());
        changes.add(hasChanged());
        came(1);
        changes.add(hasChanged());
        changes.add(hasChanged());

        assertEquals(List.of(true, false, true, false, true, false), changes);
        assertTrue(link.sendsAll());
    }

    @Test
    void shouldNotSendEverythingToAPeerThatTakesNoLongMessages() {
        end(outbound).maxMessageBytes = 1000;
        hasChanged();
        boolean just = link.sendsAll();
        end(outbound).maxMessageBytes = 999;
        hasChanged();

        assertTrue(just);
        assertFalse(link.sendsAll());
    }

    @Test
    void shouldNotSendEverythingOverALinkThatAnnounces() {
        outbound.link().eager(false);
        hasChanged();

        assertFalse(link.sendsAll());
    }

    private boolean sendsAllAfter(long millis) {
        advance(millis);
        hasChanged();
        return link.sendsAll();
    }

    @Test
    void shouldNotSendEverythingOverALinkThatTakesNothingMore() {
        publish(3);
        boolean atOnce = sendsAllAfter(0);
        boolean still = sendsAllAfter(4999);
        boolean stalled = sendsAllAfter(1);
        take(outbound, 1);
        boolean again = sendsAllAfter(0);
        take(outbound, 2);
        hasChanged();

        assertTrue(atOnce && still && again);
        assertFalse(stalled);
        assertTrue(sendsAllAfter(10_000), "there is nothing to take");
    }

    @Test
    void shouldNotSendEverythingOverALinkThatIsNotWaitedForAndHasMuchBeforeIt() {
        outbound.link().patience(Patience.TOO_SLOW);
        publish(2);
        boolean little = sendsAllAfter(0);
        publish(1);

        assertTrue(little);
        assertFalse(sendsAllAfter(0));
        outbound.link().patience(Patience.WAITS);
        assertTrue(sendsAllAfter(0));
    }

    @Test
    void shouldSayWhatIsNews() {
        link.say(says(1, 0));
        link.say(says(1, 0));
        int once = end(outbound).told.size();
        link.say(says(1, 1));
        end(outbound).takes = false;
        link.say(says(1, 2));
        end(outbound).takes = true;
        link.say(says(1, 2));

        assertEquals(1, once);
        assertEquals(3, end(outbound).told.size(), "what was not taken is said again");
        link.told(says(EPOCH, 0), 1024);
        link.told(says(EPOCH + 1, 0), 1024);
        link.say(says(1, 2));
        assertEquals(4, end(outbound).told.size(), "it began anew");
    }
}
