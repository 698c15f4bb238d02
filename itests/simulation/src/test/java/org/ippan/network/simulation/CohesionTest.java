// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.ippan.network.testkit.SimConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When faults are over, a run goes on only once the nodes are linked again, and not when they only believe so. */
class CohesionTest {

    private Overlay overlay;
    private SimNode one;
    private SimNode other;

    @BeforeEach
    void link() {
        overlay = new Overlay(new Overlay.Shape(2, 1, 0, 200, Map.of()), 1);
        one = overlay.nodes.get(0);
        other = overlay.nodes.get(1);
    }

    private void breakLink(SimNode node) {
        node.transport.connections().forEach(SimConnection::abort);
        overlay.pass(Duration.ZERO);
    }

    @Test
    void shouldHoldAmongNodesThatMet() {
        assertTrue(Cohesion.holds(overlay.nodes));
    }

    @Test
    void shouldNotHoldByALinkOfWhichOneNodeHasNotHeardThatItEnded() {
        breakLink(one);

        assertFalse(Cohesion.holds(overlay.nodes));
    }

    @Test
    void shouldNotHoldByALinkThatEndedWhileBothNodesStoodStill() {
        one.time.pause();
        other.time.pause();
        breakLink(one);
        overlay.pass(Duration.ofSeconds(1));
        one.time.resume();
        other.time.resume();

        boolean atOnce = Cohesion.holds(overlay.nodes);
        overlay.pass(Duration.ofSeconds(5));

        assertFalse(atOnce);
        assertTrue(Cohesion.holds(overlay.nodes));
    }
}
