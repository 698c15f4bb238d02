// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void shouldAddUpWhatTheLinksStillHaveToSend() {
        NodeServices services = new NodeServices();
        services.bind("Gossip", () -> Records.of(GossipSnapshot.class, Map.of("published", 7L, "outbound",
                List.of(new OutboundSnapshot(Peers.peer(1), true, false, 1_000, 0, 0),
                        new OutboundSnapshot(Peers.peer(2), true, true, 2_000, 0, 0)))));
        History history = new History(services, Clock.fixed(Instant.ofEpochSecond(100), ZoneOffset.UTC));

        history.sample();

        assertEquals(List.of(3_000.0), history.of(Set.of("Gossip.outbound.lagBytes"), 0)
                .get("Gossip.outbound.lagBytes"));
        assertEquals(List.of(7.0), history.of(Set.of("Gossip.published"), 0).get("Gossip.published"));
    }
}
