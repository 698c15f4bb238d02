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

        assertEquals(new Mesh.Outcome(0, 0, 0, 0, 0), outcome.withoutSlowest());
    }

    @Test
    void shouldLoseNothingAndBeHardlyLateWhenALinkDiesSilently() {
        Mesh.Outcome outcome = Mesh.deadLink(20, SEED, Progress.NONE);

        assertEquals(0, outcome.missed());
        assertTrue(outcome.slowestMillis() <= 1000, outcome.toString());
    }
}
