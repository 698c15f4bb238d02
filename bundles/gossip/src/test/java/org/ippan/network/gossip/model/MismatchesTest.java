// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.GossipSnapshot.Mismatch;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class MismatchesTest {

    private static final PeerId PARIS = Peers.peer(1);
    private static final PeerId ROME = Peers.peer(2);
    private static final PeerId LYON = Peers.peer(3);

    private final Mismatches mismatches = new Mismatches();

    @Test
    void shouldAddUpWhatOnePeerTellsOfOnePublisher() {
        mismatches.add(PARIS, ROME, 1, 0);
        mismatches.add(PARIS, LYON, 2, 1);
        mismatches.add(ROME, PARIS, 3, 2);
        mismatches.add(PARIS, ROME, 4, 3);

        assertEquals(List.of(new Mismatch(PARIS, LYON, 2), new Mismatch(ROME, PARIS, 3),
                new Mismatch(PARIS, ROME, 5)), mismatches.snapshot(3));
    }

    @Test
    void shouldForgetTenMinutesAfterTheLastDifference() {
        mismatches.add(PARIS, ROME, 1, 0);
        mismatches.add(PARIS, ROME, 1, 7);
        int before = mismatches.snapshot(6 + Mismatches.KEPT).size();

        assertEquals(1, before);
        assertEquals(List.of(), mismatches.snapshot(7 + Mismatches.KEPT));
    }

    /** Peers make up as many as they like. */
    @Test
    void shouldLetTheOneGoThatIsLongestAgoForOneTooMany() {
        for (int i = 0; i < Mismatches.MOST; i++) {
            mismatches.add(PARIS, Peers.peer(10 + i), 1, i);
        }
        mismatches.add(PARIS, Peers.peer(10), 1, 100);
        mismatches.add(ROME, LYON, 1, 101);

        List<Mismatch> told = mismatches.snapshot(101);
        assertEquals(Mismatches.MOST, told.size());
        assertEquals(new Mismatch(PARIS, Peers.peer(12), 1), told.get(0));
        assertEquals(new Mismatch(ROME, LYON, 1), told.get(Mismatches.MOST - 1));
    }
}
