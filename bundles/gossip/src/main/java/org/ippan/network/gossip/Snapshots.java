// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import org.ippan.network.api.gossip.GossipSnapshot;

/** Puts together what gossip tells about itself. */
final class Snapshots {

    private Snapshots() {
    }

    static GossipSnapshot of(GossipCore core) {
        GossipContext context = core.context;
        GossipCounters counters = context.counters;
        int eager = 0;
        int congested = 0;
        GossipLink[] links = context.links.all();
        for (GossipLink link : links) {
            eager += link.isEager() ? 1 : 0;
            congested += link.congested() ? 1 : 0;
        }
        return new GossipSnapshot(context.settings.relayMode(), links.length, eager, links.length - eager, congested,
                counters.published.sum(), counters.publishRefused.sum(), counters.delivered.sum(),
                counters.relayed.sum(), counters.bodiesReceived.sum(), counters.duplicates.sum(),
                counters.ignored.sum(), counters.rejected.sum(), counters.announced.sum(),
                counters.announcementsDropped.sum(), counters.wantedSent.sum(),
                counters.wantedReceived.sum(), counters.repaired.sum(), counters.missed.sum(), core.wanted.size(),
                counters.graftsSent.sum(), counters.graftsReceived.sum(), counters.prunesSent.sum(),
                counters.prunesReceived.sum(), counters.overRate.sum(), context.cache.bodies(), context.cache.bytes(),
                counters.cacheEvictedEarly.sum(), core.room.messages(), core.room.bytes(), core.throttle.isActive(),
                core.throttle.pausedLinks(), counters.validatorFailures.sum(), core.subscriptions.snapshot());
    }
}
