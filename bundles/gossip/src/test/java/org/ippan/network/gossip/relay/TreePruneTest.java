// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ippan.network.gossip.wire.Probe;
import org.junit.jupiter.api.Test;

/** When a link is taken out of the tree. */
class TreePruneTest extends TreeFixture {

    @Test
    void shouldTakeOutALinkThatClosesACycle() {
        duplicates(1);
        cycle();

        assertFalse(link.isEager() || link.isFeeding());
        assertTrue(links.get(4).outbound.link().isEager(), "the probe came by it first");
        assertEquals(1, prunes());
        assertEquals(1, context.counters.prunesSent.sum());
    }

    /** It may be of use to no one, but it costs nothing. */
    @Test
    void shouldKeepALinkThatBroughtNothingTwice() {
        cycle();

        assertTrue(link.isEager());
    }

    @Test
    void shouldLookForCyclesAfterSeveralDuplicates() {
        duplicates(PRUNE_AFTER - 1);
        boolean early = tree.isBusy();
        duplicates(1);
        advance(500);
        tree.tick(time.nanos());

        assertFalse(early);
        assertTrue(tree.isBusy());
        assertEquals(1, told(in.outbound, "PROBE"));
    }

    @Test
    void shouldNotPassOnWhatComesByALinkThatCarriesNoBodies() {
        tree.pruned(in, 0);
        tree.probed(in, new Probe(1, 1));

        assertEquals(0, told(links.get(1).outbound, "PROBE"));
    }

    /** What others bring first is under way by then. */
    @Test
    void shouldKeepALinkForAMomentThatWasTakenInForWhatWasMissing() {
        cycle();
        assertTrue(graft());
        advance(249);
        duplicates(1);
        probe(2);
        boolean early = link.isEager();
        advance(1);
        probe(2);

        assertTrue(early);
        assertFalse(link.isEager());
    }

    /** What closes the cycle passes probes on, but not what it should. */
    @Test
    void shouldKeepALinkForLongerEachTimeItIsMissed() {
        prune();
        advance(1000);
        assertTrue(graft());
        advance(499);
        duplicates(1);
        cycle();
        boolean after = link.isEager();
        advance(1000);
        assertTrue(graft());
        advance(999);
        duplicates(1);
        probe(2);
        boolean twice = link.isEager();
        advance(1);
        probe(2);

        assertFalse(after, "a second passed between the rounds");
        assertTrue(twice);
        assertFalse(link.isEager());
    }

    @Test
    void shouldTakeOutOneThatOnlyBringsDuplicatesThoughNoProbeComes() {
        duplicates(3 * PRUNE_AFTER, AT_ONCE - 1);
        int early = prunes();
        advance(1);
        duplicates(1);

        assertEquals(List.of(0, 1), List.of(early, prunes()));
        assertFalse(link.isEager() || link.isFeeding());
    }

    @Test
    void shouldWaitAnewOnceThereWasAsMuchNews() {
        duplicates(1, AT_ONCE - 500);
        for (int i = 0; i < 2 * PRUNE_AFTER; i++) {
            tree.news(in, false, false);
        }
        duplicates(3 * PRUNE_AFTER, AT_ONCE - 1);

        assertEquals(0, prunes());
    }

    @Test
    void shouldWaitAnewAfterASecondWithout() {
        duplicates(3 * PRUNE_AFTER, AT_ONCE - 1000);
        advance(1000);
        duplicates(1);

        assertEquals(0, prunes());
    }

    @Test
    void shouldWaitForLongerByChanceTheNextTime() {
        duplicates(3 * PRUNE_AFTER, AT_ONCE);
        tree.grafted(in, null);
        link.feeding(true);
        duplicates(3 * PRUNE_AFTER, BY_CHANCE - 1);
        int early = prunes();
        advance(1);
        duplicates(1);

        assertEquals(List.of(1, 2), List.of(early, prunes()));
    }

    /** A PRUNE and a GRAFT that cross leave one end eager. */
    @Test
    void shouldSayAgainThatItWantsNoBodies() {
        prune();
        advance(900);
        duplicates(3 * PRUNE_AFTER);
        advance(99);
        duplicates(1);
        int early = prunes();
        advance(1);
        duplicates(1);

        assertEquals(List.of(1, 2), List.of(early, prunes()));
    }

    @Test
    void shouldNeverTakeOutTheLastLinkThatBringsMessages() {
        links.subList(1, 5).forEach(other -> other.outbound.link().feeding(false));
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);
        cycle();

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
        cycle();
        set("floodMaxPeers", 4);
        set("relayMode", "flood");
        duplicates(3 * PRUNE_AFTER, BY_CHANCE);
        cycle();
        int before = prunes();
        set("relayMode", "tree");
        duplicates(1);
        cycle();

        assertEquals(List.of(0, 1), List.of(before, prunes()));
    }
}
