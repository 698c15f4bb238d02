// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Contexts;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.StillLink;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What links tell of the network: how large it may be, and how far. */
class LinkWaysTest {

    private static final int MIB = 1 << 20;

    private final List<GossipLink> links = new ArrayList<>();

    private LinkWays ways(int count, int memory) {
        GossipContext context = Contexts.context(new ManualScheduler(), new Callbacks(Runnable::run, () -> false),
                Map.of("cacheBytes", memory));
        for (int i = 0; i < count; i++) {
            GossipLink link = StillLink.of(i, 0);
            links.add(link);
            context.links.add(link);
        }
        return new LinkWays(context);
    }

    @Test
    void shouldCallWaysShortWhereAllPeersOfPeersArePeers() {
        LinkWays ways = ways(3, 64 * MIB);
        links.forEach(link -> link.enclosed(true));
        boolean all = ways.areShort();
        links.get(1).enclosed(false);

        assertTrue(all);
        assertFalse(ways.areShort());
    }

    @Test
    void shouldBeginWithMoreWhereThereIsMoreMemoryAndFewLinks() {
        assertEquals(List.of(2L * MIB, 4L * MIB), List.of(ways(1, 64 * MIB).first(), ways(1, 128 * MIB).first()));
        assertEquals(64 * MIB / 8 / 25, ways(5, 64 * MIB).first());
        assertEquals(List.of(16L * MIB / 512, 16L * MIB / 512),
                List.of(ways(8, 64 * MIB).first(), ways(8, 256 * MIB).first()));
    }
}
