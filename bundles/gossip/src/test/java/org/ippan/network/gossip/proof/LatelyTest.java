// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.junit.jupiter.api.Test;

class LatelyTest {

    private final Lately lately = new Lately();

    private Told add(int neighbours) {
        lately.add(new Neighbourhood(1, 2, new long[3], LongStream.range(0, neighbours)
                .mapToObj(peer -> new Neighbour(peer, true, true, 1, new long[3])).toList()), 1024);
        return lately.last();
    }

    @Test
    void shouldKeepWhatAPeerSaidInItsOrder() {
        List<Told> all = List.of(add(1), add(0), add(3));

        List<Told> kept = new ArrayList<>();
        lately.forEach(kept::add);
        assertEquals(all, kept);
        assertEquals(3, all.get(2).count());
        assertEquals(2, all.get(2).of(2).peer());
        assertNull(all.get(2).of(3));
    }

    /** Peers say as much as they like. */
    @Test
    void shouldKeepNoMoreThanAThousandNeighboursButTheLastFrame() {
        Told first = add(100);
        for (int i = 0; i < 9; i++) {
            add(100);
        }
        assertTrue(lately.contains(first));
        Told second = add(100);
        assertFalse(lately.contains(first));
        Told large = add(900);
        assertTrue(lately.contains(large));
        assertFalse(lately.contains(second) && lately.contains(first));
        Told larger = add(2000);

        List<Told> kept = new ArrayList<>();
        lately.forEach(kept::add);
        assertEquals(List.of(larger), kept);
    }
}
