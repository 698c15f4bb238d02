// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipCounters;
import org.ippan.network.gossip.model.GossipLink;

/** Puts together what gossip tells about itself. */
final class Snapshots {

    private Snapshots() {
    }

    static GossipSnapshot of(GossipCore core) {
        GossipContext context = core.context;
        GossipCounters counters = context.counters;
        LogSpace space = core.sources.space();
        int eager = 0;
        int slow = 0;
        GossipLink[] links = context.links.all();
        for (GossipLink link : links) {
            eager += link.isEager() ? 1 : 0;
            slow += link.isSlow() ? 1 : 0;
        }
        return new GossipSnapshot(context.settings().relayMode(), links.length, eager, links.length - eager, slow,
                counters.published.sum(), counters.publishRefused.sum(), counters.delivered.sum(),
                counters.relayed.sum(), counters.bodiesReceived.sum(), counters.duplicates.sum(),
                counters.ignored.sum(), counters.rejected.sum(), counters.announced.sum(), counters.wantedSent.sum(),
                counters.wantedReceived.sum(), counters.repaired.sum(), counters.missed.sum(), core.wanted.size(),
                counters.graftsSent.sum(), counters.graftsReceived.sum(), counters.prunesSent.sum(),
                counters.prunesReceived.sum(), counters.overRate.sum(), space.entries(), space.bytes(),
                space.evictedEarly(), core.publishGate.heldBytes(), space.overrun().sum(), core.room.messages(),
                core.room.bytes(), core.readingGate.isActive(), core.readingGate.pausedLinks(),
                counters.validatorFailures.sum(), core.subscriptions.snapshot(), outbound(core));
    }

    private static List<OutboundSnapshot> outbound(GossipCore core) {
        return Arrays.stream(core.sources.readers()).map(reader -> new OutboundSnapshot(reader.link().peer(),
                reader.link().isEager(), reader.link().isSlow(), reader.lagBytes(), reader.askedBytes())).toList();
    }
}
