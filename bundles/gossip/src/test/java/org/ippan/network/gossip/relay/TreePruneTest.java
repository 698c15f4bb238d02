// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When a link is taken out of the tree. */
class TreePruneTest extends TreeFixture {

    @Test
    void shouldAskForAnnouncementsAfterSeveralDuplicatesMoreThanNews() {
        duplicates(PRUNE_AFTER - 1, AT_ONCE);
        tree.news(in, false, false);
        duplicates(1);
        boolean before = link.isEager() && link.isFeeding() && prunes() == 0;
        duplicates(1);

        assertTrue(before);
        assertFalse(link.isEager() || link.isFeeding());
        assertEquals(1, prunes());
        assertEquals(1, context.counters.prunesSent.sum());
    }

    /** Where messages come late what is under way shows nothing of what was decided elsewhere. */
    @Test
    void shouldWaitUntilDuplicatesHaveLasted() {
        duplicates(3 * PRUNE_AFTER, AT_ONCE - 1);
        int early = prunes();
        advance(1);
        duplicates(1);

        assertEquals(List.of(0, 1), List.of(early, prunes()));
    }

    @Test
    void shouldWaitAnewOnceThereWasAsMuchNews() {
        duplicates(1, AT_ONCE);
        tree.news(in, false, false);
        duplicates(3 * PRUNE_AFTER);

        assertEquals(0, prunes());
    }

    @Test
    void shouldWaitForLongerByChanceTheNextTime() {
        prune();
        tree.grafted(in, null);
        link.feeding(true);
        advance(1000);
        duplicates(3 * PRUNE_AFTER, BY_CHANCE - 1);
        int early = prunes();
        advance(1);
        duplicates(1);

        assertEquals(List.of(1, 2), List.of(early, prunes()));
    }

    @Test
    void shouldTakeOutOneAfterAnotherOfAFew() {
        TreeLink next = links.get(1);
        duplicates(next, 1);
        prune();
        duplicates(next, PRUNE_AFTER - 1);
        boolean kept = next.outbound.link().isFeeding();
        duplicates(next, 1);
        advance(BY_CHANCE);
        duplicates(next, 2 * PRUNE_AFTER);

        assertTrue(kept);
        assertFalse(next.outbound.link().isFeeding());
    }

    @Test
    void shouldTakeOutAtOnceWhereManyAreLeft() {
        links.add(tree.up(link()));
        TreeLink next = links.get(1);
        duplicates(next, 1);
        prune();
        links.subList(2, 6).forEach(each -> tree.news(each, false, false));
        duplicates(next, PRUNE_AFTER - 1);

        assertFalse(next.outbound.link().isFeeding());
    }

    /** A peer that only takes what this node has brings nothing when the others are gone. */
    @Test
    void shouldKeepALinkWhereNoOtherBroughtNewsSinceOneWasTakenOut() {
        prune();
        TreeLink next = links.get(1);
        for (int i = 0; i < 3 * PRUNE_AFTER; i++) {
            advance(BY_CHANCE);
            copies(next, 1);
        }
        boolean kept = next.outbound.link().isFeeding();
        tree.news(links.get(2), true, false);
        duplicatesFrom(next);
        boolean asked = next.outbound.link().isFeeding();
        tree.news(links.get(2), false, false);
        duplicatesFrom(next);

        assertEquals(List.of(true, true, false), List.of(kept, asked, next.outbound.link().isFeeding()));
    }

    private void duplicatesFrom(TreeLink next) {
        copies(next, 3 * PRUNE_AFTER);
        advance(BY_CHANCE);
        copies(next, 3 * PRUNE_AFTER);
    }

    @Test
    void shouldNotCountNewsInAdvance() {
        tree.news(in, true, false);
        tree.news(in, true, false);
        duplicates(PRUNE_AFTER, AT_ONCE);

        assertEquals(1, prunes());
    }

    @Test
    void shouldSufferMoreDuplicatesByChanceTheNextTime() {
        prune();
        tree.grafted(in, null);
        link.feeding(true);
        advance(1000);
        duplicates(14, BY_CHANCE);
        tree.news(in, true, false);
        duplicates(1);
        int before = prunes();
        duplicates(1);

        assertEquals(List.of(1, 2), List.of(before, prunes()));
    }

    /** What was under way is no reason. */
    @Test
    void shouldNotAskAgainForASecond() {
        prune();
        tree.grafted(in, null);
        link.feeding(true);
        advance(999 - BY_CHANCE);
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);
        int before = prunes();
        advance(1);
        duplicates(1);

        assertEquals(List.of(1, 2), List.of(before, prunes()));
    }

    /** What others bring first is under way by then. */
    @Test
    void shouldKeepALinkForAMomentThatWasTakenInForWhatWasMissing() {
        assertTrue(graft());
        advance(249 - AT_ONCE);
        duplicates(3 * PRUNE_AFTER, AT_ONCE);
        int early = prunes();
        advance(1);
        duplicates(1);

        assertEquals(0, early);
        assertEquals(1, prunes());
    }

    @Test
    void shouldRememberOnlySomeDuplicatesOfALinkThatIsKept() {
        assertTrue(graft());
        duplicates(1000);
        for (int i = 0; i < PRUNE_AFTER + 2; i++) {
            tree.news(in, true, false);
        }
        advance(250);
        duplicates(1);
        int few = prunes();
        duplicates(1);

        assertEquals(List.of(0, 1), List.of(few, prunes()));
    }

    @Test
    void shouldNeverTakeOutTheLastLinkThatBringsMessages() {
        links.subList(1, 5).forEach(other -> other.outbound.link().feeding(false));
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);

        assertTrue(link.isFeeding() && link.isEager());
        assertEquals(0, prunes());
    }

    @Test
    void shouldNotCountOnALinkThatEnded() {
        links.subList(2, 5).forEach(other -> other.outbound.link().feeding(false));
        links.get(1).outbound.link().end();
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);

        assertEquals(0, prunes());
    }

    @Test
    void shouldTakeOutNoneWhereBodiesGoToAll() {
        set("floodMaxPeers", 5);
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);
        set("floodMaxPeers", 4);
        set("relayMode", "flood");
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);
        int before = prunes();
        set("relayMode", "tree");
        duplicates(PRUNE_AFTER, AT_ONCE);

        assertEquals(List.of(0, 1), List.of(before, prunes()));
    }
}
