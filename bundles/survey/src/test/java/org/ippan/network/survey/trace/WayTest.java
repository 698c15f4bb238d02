// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.ippan.network.api.survey.NodeTrace;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.junit.jupiter.api.Test;

/** The tree made of what nodes tell, some of which lie. */
class WayTest {

    private final Map<Long, Told> told = new LinkedHashMap<>();

    private void tell(long node, long from, long age) {
        told.put(node, Forgery.told(from, age));
    }

    /** Each node: its number, as many dashes before it as it is deep, and a star on the slowest way. */
    private List<String> way() {
        return Way.of(told, List.of(), 1).stream().map(node -> "-".repeat(node.depth())
                + Long.parseUnsignedLong(node.id(), 16) + (node.slowest() ? "*" : "")).toList();
    }

    @Test
    void shouldFollowEachNodeByThoseThatHaveTheMessageFromIt() {
        told.put(1L, new Told(Fate.PUBLISHED, false, 0, 0, 0, 0, 0, List.of()));
        tell(4, 2, 30);
        tell(3, 1, 9);
        tell(2, 1, 5);

        assertEquals(List.of("1*", "-2*", "--4*", "-3"), way());
        assertTrue(Way.of(told, List.of(), 1).get(0).own());
    }

    @Test
    void shouldBeginWithANodeThatDidNotAnswer() {
        tell(2, 9, 5);

        assertEquals(List.of("9*", "-2*"), way());
        assertEquals(Fate.SILENT, Way.of(told, List.of(), 1).get(0).fate());
    }

    @Test
    void shouldPlaceEachNodeOnceThatGoesRoundInCircles() {
        tell(1, 1, 0);
        tell(2, 3, 50);
        tell(3, 4, 60);
        tell(4, 2, 70);

        assertEquals(List.of("1", "2*", "-4*", "--3*"), way());
    }

    @Test
    void shouldBelieveNoAgeAboveAnHour() {
        tell(2, 0, Long.MAX_VALUE);

        assertEquals(3600, Way.of(told, List.of(), 1).get(0).age().toSeconds());
    }

    @Test
    void shouldStandTheLongestChain() {
        LongStream.rangeClosed(1, 400).forEach(node -> tell(node, node + 1, node));

        List<NodeTrace> way = Way.of(told, List.of(), 1);

        assertEquals(401, way.size());
        assertEquals(400, way.get(400).depth());
    }
}
