// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one link announces in a round, and in which order. */
class AnnouncingTest extends LinksFixture {

    private final Outbound from = link();
    private final Outbound outbound = link();
    private final Announcing announcing = new Announcing(outbound);
    private final List<List<Announcement>> announced = new ArrayList<>();
    private boolean takes = true;

    @BeforeEach
    void sendNoBodies() {
        outbound.link().eager(false);
    }

    private void announce() {
        announcing.announce(context, some -> {
            if (takes) {
                announced.add(some);
            }
            return takes;
        });
    }

    /** Whether something waited in this round, which it was announced in. */
    private boolean round() {
        announcing.round();
        boolean waits = announcing.waits();
        if (waits) {
            announce();
        }
        return waits;
    }

    private List<MessageId> ids() {
        return announced.stream().flatMap(List::stream).map(IdKey::toId).toList();
    }

    @Test
    void shouldAnnounceTheNewestFirst() {
        bring(from, 3);
        boolean first = round();
        boolean again = round();

        assertTrue(first);
        assertFalse(again || announcing.isBehind());
        assertEquals(List.of(id(3).toId(), id(2).toId(), id(1).toId()), ids());
    }

    @Test
    void shouldAnnounceOnlyWhatWasThereWhenTheRoundBegan() {
        bring(from, 1);
        announcing.round();
        bring(from, 1);
        announce();
        boolean behind = announcing.isBehind();
        round();

        assertTrue(behind);
        assertEquals(List.of(id(1).toId(), id(2).toId()), ids());
    }

    @Test
    void shouldFillAFrameAfterTheOther() {
        bringOfNeighbour(from, ControlCodec.MAX_IDS + 5, 0);
        round();

        assertEquals(List.of(ControlCodec.MAX_IDS, 5), announced.stream().map(List::size).toList());
    }

    @Test
    void shouldPassWhatThePeerHas() {
        bringOfNeighbour(from, 2, outbound.link().bit());
        round();

        assertEquals(List.of(), announced);
        assertFalse(announcing.isBehind());
        assertEquals(0, cursor().log().head() - cursor().taken());
    }

    private Cursor cursor() {
        SourceLog log = source(from).of(Priority.NORMAL);
        return outbound.cursor(log);
    }

    @Test
    void shouldLeaveMoreAndMoreRoundsOutForAPeerThatTakesNothing() {
        takes = false;
        bring(from, 1);
        List<Boolean> tried = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tried.add(round());
        }
        takes = true;
        boolean behind = announcing.isBehind();
        int rounds = 0;
        while (announced.isEmpty() && rounds < 100) {
            round();
            rounds++;
        }
        bring(from, 1);

        assertEquals(List.of(true, true, false, false, true), tried.subList(0, 5), "after one, three, seven and ten");
        assertEquals(4, tried.stream().filter(each -> each).count());
        assertTrue(behind);
        assertTrue(rounds <= 10, rounds + " rounds");
        assertTrue(round(), "none is left out once it takes something");
    }

    /** What a link could not send any more it announces, and is waited for again from there on. */
    @Test
    void shouldBeWaitedForAgainOnceItHasAnnouncedWhatWasInItsWay() {
        outbound.link().eager(true);
        bring(from, 3);
        cursor().announcing(true);
        sources.review();
        long before = cursor().log().held(0);
        end(outbound).told.clear();
        round();
        bring(from, 2);

        assertEquals(0, before);
        assertEquals(3, ids().size());
        assertEquals(2 * FRAME, cursor().log().held(0));
        assertTrue(end(outbound).told.contains("wake"));
        assertFalse(round(), "what follows is sent");
    }
}
