// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.model.Services;
import org.ippan.network.gossip.model.StillLink;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** How soon a peer is told everything again. */
class DigestBudgetTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DigestBudget budget = new DigestBudget();
    private final GossipLink dialled = link(1, true);
    private final GossipLink otherDialled = link(2, true);
    private final GossipLink inbound = link(3, false);

    private static GossipLink link(int number, boolean dialled) {
        StillLink far = new StillLink(Peers.peer(number));
        far.dialled = dialled;
        return far.gossip(number, 0, new Room(() -> { }).share(dialled), new Services());
    }

    @Test
    void shouldTellAPeerTheFirstWholeAndAgainWhenThatIsPaidFor() {
        boolean first = budget.begins(dialled, 0);
        budget.told(dialled, 2 * DigestBudget.PEER_IDS_PER_SECOND, 0);

        assertTrue(first);
        assertFalse(budget.begins(dialled, 2 * SECOND - 1));
        assertTrue(budget.begins(dialled, 2 * SECOND));
    }

    @Test
    void shouldAddUpWhatAPeerWasTold() {
        for (int i = 0; i < 4; i++) {
            budget.told(dialled, DigestBudget.PEER_IDS_PER_SECOND / 2, 0);
        }

        assertFalse(budget.begins(dialled, 2 * SECOND - 1));
        assertTrue(budget.begins(dialled, 2 * SECOND));
    }

    @Test
    void shouldHoldAPeerToItThoughItComesByAnotherLink() {
        budget.told(dialled, DigestBudget.PEER_IDS_PER_SECOND, 0);

        assertFalse(budget.begins(link(1, true), SECOND / 2));
        assertTrue(budget.begins(otherDialled, 0));
    }

    /** New identities cost nothing. */
    @Test
    void shouldTellAllThatDialledThisNodeAtOneRate() {
        budget.told(inbound, DigestBudget.INBOUND_IDS_PER_SECOND / 2, 0);
        budget.told(link(4, false), DigestBudget.INBOUND_IDS_PER_SECOND / 2, 0);

        assertFalse(budget.begins(link(5, false), SECOND - 1));
        assertTrue(budget.begins(link(5, false), SECOND));
        assertTrue(budget.begins(otherDialled, 0), "those it dialled do not wait for them");
    }

    @Test
    void shouldNotCountWhatItTellsThoseItDialledAgainstOthers() {
        budget.told(dialled, 10 * DigestBudget.INBOUND_IDS_PER_SECOND, 0);

        assertTrue(budget.begins(inbound, 0));
    }

    @Test
    void shouldForgetThePeerThatWasToldLongestAgoOfVeryMany() {
        budget.told(dialled, 1 << 30, 0);
        budget.told(otherDialled, 1 << 30, 0);
        for (int i = 0; i < 4095; i++) {
            budget.told(link(10 + i, true), 1, 0);
            budget.begins(otherDialled, 0);
        }

        assertTrue(budget.begins(dialled, 0));
        assertFalse(budget.begins(otherDialled, 0));
    }
}
