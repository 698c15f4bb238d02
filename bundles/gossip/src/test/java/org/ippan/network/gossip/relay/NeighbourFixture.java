// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.proof.Rooms;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;

/** A peer that says who its neighbours are. */
abstract class NeighbourFixture extends LinksFixture {

    static final long PATIENCE = millis(500);
    static final int EPOCH = 7;

    final Level level = new Level(() -> { }, Rooms.ample());
    final Outbound outbound = link();
    final NeighbourLink link =
            new NeighbourLink(outbound, source(outbound), level, true, time.nanos());

    static Neighbourhood says(int epoch, long begin, long... peers) {
        return new Neighbourhood(0, epoch, new long[] {0, begin, 0}, LongStream.of(peers)
                .mapToObj(peer -> new Neighbour(peer, true, true, 1, new long[3])).toList());
    }

    void came(long... numbers) {
        LongStream.of(numbers).forEach(number -> level.came(Priority.NORMAL, number, number));
    }

    boolean isLevel() {
        return link.isLevel(time.nanos());
    }

    /** Whether it is behind others who have messages up to this number. */
    boolean isBehind(long number) {
        return link.isBehind(new long[] {-1, number, -1}, time.nanos(), PATIENCE);
    }

    /** The second message does not come, but the third. */
    void assertNotLevelForSomeTimeAfterAGap() {
        came(3);
        boolean at = isLevel();
        advance(1999);
        boolean early = isLevel();
        advance(1);

        assertFalse(at || early);
        assertTrue(isLevel());
    }
}
