// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipCounters;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.publish.PublishGate;
import org.ippan.network.gossip.receive.ReadingGate;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.validate.Validation;

/** Puts together what gossip tells about itself. Safe for any thread. */
final class Snapshots {

    private final GossipContext context;
    private final Sources sources;
    private final Subscriptions subscriptions;
    private final Validation validation;
    private final Wanted wanted;
    private final PublishGate publishGate;
    private final ReadingGate readingGate;
    private final Room room;

    Snapshots(GossipContext context, Sources sources, Subscriptions subscriptions, Validation validation,
            Wanted wanted, PublishGate publishGate, ReadingGate readingGate, Room room) {
        this.context = context;
        this.sources = sources;
        this.subscriptions = subscriptions;
        this.validation = validation;
        this.wanted = wanted;
        this.publishGate = publishGate;
        this.readingGate = readingGate;
        this.room = room;
    }

    /** How things stand now. */
    GossipSnapshot take() {
        GossipCounters counters = context.counters;
        LogSpace space = sources.space();
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
                counters.ignored.sum(), counters.rejected.sum(), counters.announced.sum(),
                counters.announcedUnproven.sum(), counters.fingerprintMismatches.sum(), counters.wantedSent.sum(),
                counters.wantedReceived.sum(), counters.repaired.sum(), counters.missed.sum(), wanted.size(),
                counters.graftsSent.sum(), counters.graftsReceived.sum(), counters.prunesSent.sum(),
                counters.prunesReceived.sum(), counters.overRate.sum(), space.entries(), space.bytes(),
                context.cacheLimit(), space.evictedEarly(), publishGate.heldBytes(), publishGate.underWayBytes(),
                publishGate.windowBytes(), space.overrun().sum(), room.messages() + validation.messages(),
                room.bytes() + validation.bytes(), context.validationLimit(),
                context.proofs.bytes(), context.proofs.maxBytes(), readingGate.isActive(), readingGate.pausedLinks(),
                counters.validatorFailures.sum(),
                context.relay.size(), subscriptions.snapshot(), validation.snapshot(), outbound(),
                context.topics.snapshot(), context.mismatches.snapshot(context.nanos()));
    }

    private List<OutboundSnapshot> outbound() {
        return Arrays.stream(sources.readers()).map(reader -> new OutboundSnapshot(reader.link().peer(),
                reader.link().isEager(), reader.link().isSlow(), reader.lagBytes(), reader.askedBytes(),
                reader.unsettled().bytes(), reader.link().isMember(), reader.link().patience())).toList();
    }
}
