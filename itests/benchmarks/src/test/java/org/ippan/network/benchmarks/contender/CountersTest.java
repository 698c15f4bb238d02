// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {

    private enum Level {
        HIGH
    }

    private record Link(int lag, String name) {
    }

    private record Snapshot(long overruns, String mode, List<Link> links, Map<Level, Integer> held) {
    }

    @Test
    void shouldFindEveryNumberByName() {
        Snapshot snapshot = new Snapshot(3, "tree", List.of(new Link(5, "a"), new Link(7, "b")),
                Map.of(Level.HIGH, 11));

        assertEquals(Map.of("overruns", 3L, "links.lag", 12L, "held.HIGH", 11L), Counters.of(snapshot));
    }
}
