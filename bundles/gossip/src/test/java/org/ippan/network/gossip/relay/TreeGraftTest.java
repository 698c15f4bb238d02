// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.Test;

/** When a link is taken into the tree. */
class TreeGraftTest extends TreeFixture {

    @Test
    void shouldTakeALinkInThatBringsNewsThoughItWasAskedNotTo() {
        prune();
        advance(999);
        tree.news(in, true, false);
        boolean solicited = link.isEager();
        tree.news(in, false, false);
        boolean soon = link.isFeeding() || link.isEager();
        advance(1);
        tree.news(in, false, false);

        assertFalse(solicited || soon, "it was under way");
        assertTrue(link.isEager() && link.isFeeding());
    }

    @Test
    void shouldNotSendToOneThatDoesNotWantBodiesThoughItBringsNews() {
        tree.pruned(in, 10);
        advance(9999);
        tree.news(in, false, false);
        boolean early = link.isEager();
        advance(1);
        tree.news(in, false, false);

        assertFalse(early);
        assertTrue(link.isEager());
    }

    /** Its own messages come over a pruned link, too. */
    @Test
    void shouldLeaveALinkPrunedThatBringsWhatItsPeerPublishesWhereAllAreLinked() {
        prune();
        advance(1000);
        link.neighbours(0b11110);
        tree.news(in, false, true);
        boolean enclosed = link.isEager() || link.isFeeding();
        link.neighbours(0b1110);
        tree.news(in, false, true);

        assertFalse(enclosed);
        assertTrue(link.isEager() && link.isFeeding());
    }

    @Test
    void shouldTakeALinkInForWhatCameByNoOther() {
        prune();
        boolean done = graft();

        assertTrue(done && link.isEager() && link.isFeeding());
        assertEquals(1, told(in.outbound, "GRAFT"));
        assertEquals(1, context.counters.graftsSent.sum());
    }

    @Test
    void shouldTakeInOneLinkInACooldown() {
        boolean first = graft();
        advance(999);
        boolean early = tree.graft(links.get(1).outbound.link(), id(1), time.nanos());
        advance(1);
        boolean later = tree.graft(links.get(1).outbound.link(), id(1), time.nanos());

        assertEquals(List.of(true, false, true), List.of(first, early, later));
    }

    @Test
    void shouldTakeInNoLinkThatCannotOrDoesNotWantTo() {
        List<Boolean> grafts = new ArrayList<>();
        link.paused(true);
        grafts.add(graft());
        link.paused(false);
        set("relayMode", "direct");
        grafts.add(graft());
        set("relayMode", "tree");
        end(in.outbound).takes = false;
        grafts.add(graft());
        end(in.outbound).takes = true;
        tree.pruned(in, 10);
        advance(9999);
        grafts.add(graft());
        advance(1);
        boolean whenItWantsTo = graft();
        tree.down(link);
        advance(5000);
        grafts.add(graft());

        assertEquals(List.of(false, false, false, false, false), grafts);
        assertTrue(whenItWantsTo);
        assertEquals(1, context.counters.graftsSent.sum());
    }

    @Test
    void shouldAnnounceToAPeerThatHasTooMuchWithoutAskingItForLess() {
        tree.pruned(in, 0);

        assertFalse(link.isEager() || link.isFeeding());
        assertEquals(1, context.counters.prunesReceived.sum());
        assertTrue(graft(), "it has nothing against bodies");
    }

    @Test
    void shouldStillBeFedByAPeerThatWantsNoBodiesForAWhile() {
        tree.pruned(in, 10);

        assertFalse(link.isEager());
        assertTrue(link.isFeeding());
    }

    @Test
    void shouldSendBodiesAgainToAPeerThatWantsThem() {
        publish(1);
        tree.pruned(in, 10);
        tree.grafted(in, null);
        boolean eager = link.isEager();
        int digests = told(in.outbound, "IHAVE");

        assertTrue(eager);
        assertEquals(0, digests);
        assertEquals(1, context.counters.graftsReceived.sum());
        assertTrue(graft(), "it may be asked again");
    }

    /** Its handler is a new one. */
    @Test
    void shouldTellAPeerAllThatWantsWhatItIsSentAnyway() {
        publish(1);
        take(in.outbound, 1);
        tree.grafted(in, null);

        assertEquals(1, told(in.outbound, "IHAVE"));
    }

    @Test
    void shouldServeWhatAPeerMissesAndTakeItIn() {
        publish(1);
        take(in.outbound, 1);
        prune();
        advance(1000);
        tree.grafted(in, id(1).toId());
        boolean taken = link.isEager() && link.isFeeding();
        long asked = in.outbound.askedBytes();
        tree.grafted(in, id(99).toId());
        duplicates(3 * PRUNE_AFTER);
        probe(2);

        assertTrue(taken);
        assertEquals(FRAME, asked, 64);
        assertEquals(1, told(in.outbound, "MISSING"));
        assertEquals(1, prunes(), "it is kept for a moment");
    }

    @Test
    void shouldRefuseToTakeInAPeerThatWouldGetBodiesLate() {
        link.patience(Patience.TOO_SLOW);
        tree.pruned(in, 0);
        tree.grafted(in, id(1).toId());
        boolean slow = link.isEager();
        link.patience(Patience.WAITS);
        link.eager(true);
        publish(128);
        tree.grafted(in, id(1).toId());
        int much = prunes();
        publish(1);
        tree.grafted(in, id(1).toId());

        assertFalse(slow);
        assertEquals(1, much);
        assertEquals(2, prunes());
    }

    @Test
    void shouldNoteWhoseNeighboursAreAllItsOwn() {
        Outbound outbound = in.outbound;
        outbound.link().eager(false);
        tree.knows(outbound, 2, true);
        boolean wakes = end(outbound).told.contains("wake");
        end(outbound).told.clear();
        tree.knows(outbound, 2, true);

        assertTrue(link.isEnclosed() && wakes);
        assertEquals(List.of(), end(outbound).told);
    }

    /** It was linked to this node alone. What was published before is neither announced nor sent without a wake-up. */
    @Test
    void shouldSendWhatItPublishesOnceThePeerHasANeighbour() {
        Outbound outbound = in.outbound;
        outbound.link().eager(false);
        tree.knows(outbound, 0, true);
        publish(1);
        links.forEach(each -> take(each.outbound, each == in ? 0 : 1));
        long alone = sources.own().held(0);
        end(outbound).told.clear();
        tree.knows(outbound, 2, true);

        assertTrue(link.sendsOwn());
        assertEquals(List.of("wake"), end(outbound).told);
        assertEquals(List.of(0L, (long) FRAME), List.of(alone, sources.own().held(0)));
    }

    @Test
    void shouldHealPrunedLinksAfterAWhile() {
        prune();
        tree.pruned(links.get(1), 8);
        advance(4999);
        tree.heal(time.nanos());
        boolean early = link.isEager();
        advance(1);
        tree.heal(time.nanos());
        boolean healed = link.isEager();
        boolean refused = links.get(1).outbound.link().isEager();
        advance(3000);
        tree.heal(time.nanos());

        assertFalse(early || refused);
        assertTrue(healed && links.get(1).outbound.link().isEager());
    }

    @Test
    void shouldSendBodiesToAllOnceThereIsNoTree() {
        prune();
        tree.pruned(links.get(1), 10);
        tree.review();
        boolean inTree = link.isEager();
        set("relayMode", "flood");
        tree.review();

        assertFalse(inTree);
        assertTrue(link.isEager());
        assertFalse(links.get(1).outbound.link().isEager(), "it does not want to");
    }

    @Test
    void shouldSendBodiesToTheFewThatAreLeft() {
        prune();
        for (TreeLink gone : links.subList(2, 5)) {
            context.links.remove(gone.outbound.link());
            tree.down(gone.outbound.link());
        }

        assertTrue(link.isEager());
    }

    @Test
    void shouldLookAnewForWhomPublishersWaitWhenThatChanges() {
        publish(3);
        links.forEach(each -> take(each.outbound, each == in ? 0 : 3));
        long held = sources.own().of(Priority.NORMAL).held(0);
        prune();
        long lazy = sources.own().of(Priority.NORMAL).held(0);
        tree.grafted(in, null);

        assertEquals(List.of(3L * FRAME, 0L), List.of(held, lazy));
        assertEquals(3 * FRAME, sources.own().of(Priority.NORMAL).held(0));
        assertTrue(end(in.outbound).told.contains("wake"));
    }
}
