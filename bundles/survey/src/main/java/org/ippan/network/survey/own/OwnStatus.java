// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.ToldLink;
import org.ippan.network.survey.settings.SurveySettings;

/** What this node is to say of itself. Confined to one thread. */
public final class OwnStatus {

    /** The check that finds others gone: a node tells of itself only, or one dead node would make all others sick. */
    private static final String OF_OTHERS = "network";
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_FINDINGS = 4;

    private final Bound bound;
    private final Counted counted;
    private final String version;
    private final long startNanos;
    private List<Finding> findings = List.of();
    private boolean looked;
    private long lookedNanos;
    /** The links at that time: what was true without them, as at the start, is not to be told over them. */
    private List<Long> lookedLinks = List.of();

    /**
     * This node.
     *
     * @param bound its services
     * @param machine the process
     * @param version of ippan-network
     * @param startNanos when it started
     */
    public OwnStatus(Bound bound, Counted.Machine machine, String version, long startNanos) {
        this.bound = bound;
        this.counted = new Counted(machine);
        this.version = version;
        this.startNanos = startNanos;
    }

    /**
     * What this node is at one moment.
     *
     * @param identity its key
     * @param networkTag of its network
     * @param connected its peers
     * @param sharing whether it tells of itself
     */
    public record Moment(NodeIdentity identity, byte[] networkTag, List<Peer> connected, Sharing sharing) {
    }

    /** What it is now; empty while it has no key, or knows no peers. */
    public Optional<Moment> moment(SurveySettings settings) {
        return bound.directory().flatMap(directory -> directory.identity().map(identity -> {
            List<Peer> connected = directory.connected();
            return new Moment(identity, directory.networkTag(), connected,
                    Sharing.of(settings.share(), bound, connected));
        }));
    }

    /** Its record of this moment, without a place among others. */
    public StatusRecord record(Moment moment, SurveySettings settings, int intervalSeconds, long now) {
        Optional<GossipSnapshot> gossip = Optional.ofNullable(bound.gossip).map(service -> service.snapshot());
        List<ToldLink> links = links(moment.connected, gossip);
        return new StatusRecord(moment.identity.id(), new StatusRecord.Life(0, 0, false), intervalSeconds,
                TimeUnit.NANOSECONDS.toSeconds(now - startNanos), StatusRecord.Told.ALL, settings.name(), version,
                findings(links, now), counted.now(bound, now), links,
                gossip.map(here -> counted.topics()).orElseGet(List::of));
    }

    /** What became of a message here; empty if that is not known, or gossip is absent. */
    public Optional<MessageTrace> trace(MessageId id) {
        return bound.services.find(MessageTracer.class).flatMap(tracer -> tracer.trace(id));
    }

    private static List<ToldLink> links(List<Peer> connected, Optional<GossipSnapshot> gossip) {
        Map<Long, OutboundSnapshot> outbound = new HashMap<>();
        gossip.ifPresent(snapshot -> snapshot.outbound().forEach(each -> outbound.put(each.peer().word0(), each)));
        return connected.stream().filter(peer -> peer.id().isPresent()).map(peer -> {
            long id = peer.id().get().word0();
            OutboundSnapshot sending = outbound.get(id);
            return new ToldLink(id, (int) Math.min(Integer.MAX_VALUE, peer.roundTrip().toMillis()),
                    peer.direction() == Direction.OUTBOUND, sending != null && sending.eager(),
                    sending != null && sending.slow());
            // Those that carry messages first, and always in the same order.
        }).sorted(Comparator.comparing((ToldLink link) -> !link.eager()).thenComparing(ToldLink::to)).toList();
    }

    private List<Finding> findings(List<ToldLink> links, long now) {
        List<Long> linked = links.stream().map(ToldLink::to).sorted().toList();
        if (bound.services.doctor().isPresent() && (!looked || now - lookedNanos >= LOOK_NANOS
                || !linked.equals(lookedLinks))) {
            looked = true;
            lookedNanos = now;
            lookedLinks = linked;
            findings = bound.services.verdict().reasons().stream()
                    .filter(reason -> !reason.check().equals(OF_OTHERS)).limit(MAX_FINDINGS)
                    .map(reason -> new Finding(reason.check(), reason.severity(), reason.text(), "")).toList();
        }
        return findings;
    }
}
