// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Registrations that come and go on several threads at once. */
class RankedTest {

    private static final int COUNT = 2_000;

    private final Ranked<Integer> ranked = new Ranked<>();
    private final List<List<Integer>> told = new ArrayList<>();

    /** What is told last is what there is: otherwise one that came would be missed for good. */
    @Test
    void shouldTellOfOneChangeAfterTheOther() {
        IntStream.range(0, COUNT).parallel().forEach(each -> ranked.put((long) each, each, Map.of(), told::add));
        assertEquals(IntStream.rangeClosed(1, COUNT).boxed().toList(), told.stream().map(List::size).toList());

        told.clear();
        IntStream.range(0, COUNT).parallel().forEach(each -> ranked.remove((long) each, told::add));

        assertEquals(IntStream.iterate(COUNT - 1, each -> each >= 0, each -> each - 1).boxed().toList(),
                told.stream().map(List::size).toList());
    }

    @Test
    void shouldPutTheHighestRankingFirstThenTheOldest() {
        ranked.put(2L, 2, Map.of("service.ranking", 5));
        ranked.put(3L, 3, Map.of());
        ranked.put(1L, 1, Map.of());

        assertEquals(List.of(2, 1, 3), ranked.all());
        assertEquals(List.of(1, 2, 3), ranked.put(2L, 2, Map.of("service.ranking", "5")));
    }
}
