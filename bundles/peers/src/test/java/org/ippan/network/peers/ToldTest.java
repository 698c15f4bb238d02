// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log tells of peers that an operator wants and that do not come. */
class ToldTest extends Simulation {

    private static List<String> toldOf(TestNode node) {
        return node.log.stream().filter(line -> line.contains("is not connected")).toList();
    }

    @Test
    void shouldTellWhyAWantedPeerDoesNotComeAtFirstAndOnceAMinute() {
        TestNode node = node(1).seeds("10.9.0.1:9700").start();
        pass(1);
        List<String> first = toldOf(node);

        pass(600);

        assertEquals(1, first.size());
        assertTrue(first.get(0).matches("Peer 10.9.0.1:9700 is not connected: connection refused; next try within"
                + " [1-9] s"),
                first.get(0));
        assertTrue(toldOf(node).size() >= 6 && toldOf(node).size() <= 11, toldOf(node).toString());
    }

    /** The handshake fails, which is no dial that fails. */
    @Test
    void shouldTellOfAWantedPeerThatAnswersAndRefuses() {
        TestNode other = node(2).set("networkKey", "another key of the net").start();
        TestNode node = node(1).set("networkKey", "a key of this network").seeds(other.address().toString()).start();

        pass(5);

        assertTrue(toldOf(node).get(0).startsWith("Peer " + other.address() + " is not connected: its networkKey is"
                + " not that of this node; next try within "), toldOf(node).toString());
        assertEquals(1, toldOf(node).size());
    }

    @Test
    void shouldTellAtOnceOfAPeerThatWasBackInBetween() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();
        network.cut((from, to) -> true);
        pass(6);
        network.heal();
        pass(10);
        int before = toldOf(node).size();

        other.transport.crash();
        pass(5);

        assertEquals(1, before);
        assertEquals(2, toldOf(node).size());
    }
}
