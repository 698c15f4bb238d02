// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of which each is linked with every other. */
class MeshTest {

    private static final long SEED = 1;

    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void shouldSendEverythingOnceAndInOrderAndAnnounceNothing(int nodes) {
        Mesh.Outcome outcome = Mesh.calm(nodes, SEED, Progress.NONE);

        assertTrue(outcome.isPerfect(), outcome.toString());
    }

    /** What a node fetched from a neighbour of its publisher the others get from the publisher: it is not sent on. */
    @Test
    void shouldPruneNoLinkBecauseANodeFetchesWhatIsLate() {
        Mesh.Outcome outcome = Mesh.lateLink(5, SEED, Progress.NONE);

        assertEquals(0, outcome.missed());
        assertEquals(0, outcome.mismatches());
        assertEquals(0, outcome.pruned(), outcome.toString());
        assertTrue(outcome.duplicates() < outcome.published(), outcome.toString());
    }

    @Test
    void shouldLoseNothingAndBeHardlyLateWhenALinkDiesSilently() {
        Mesh.Outcome outcome = Mesh.deadLink(20, SEED, Progress.NONE);

        assertEquals(0, outcome.missed());
        assertEquals(0, outcome.mismatches());
        assertTrue(outcome.slowestMillis() <= 1000, outcome.toString());
    }

    @Test
    void shouldLoseNothingWhenALinkDiesSilentlyAmongNodesThatValidate() {
        Mesh.Outcome outcome = Mesh.deadLinkAmongValidators(20, SEED, Progress.NONE);

        assertEquals(0, outcome.missed());
        assertEquals(0, outcome.mismatches());
        assertTrue(outcome.slowestMillis() <= 1000, outcome.toString());
    }
}
