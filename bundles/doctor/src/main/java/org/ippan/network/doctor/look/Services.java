// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerFinder;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.api.web.WebSnapshot;

/**
 * The services there are at one moment; those that are absent are null. One question is answered from one of these.
 *
 * @param configured the settings of all bundles
 * @param stored what Config Admin keeps
 * @param callbacks the bundles that call code of applications
 * @param sources optional bundles that tell about themselves
 * @param told what all of them tell
 */
public record Services(MessageDeduplicator dedup, ReputationManager reputation, NetworkMetrics metrics,
        HealthMonitor health, Transport transport, PeerDirectory peers, Gossip gossip,
        List<NodeServices.Configured> configured, Stored stored,
        List<CallbackFaultSource> callbacks, List<SnapshotSource> sources, Told told) {

    public static final String PREFIX = "org.ippan.network.";

    /**
     * Those there are now. A bundle that is asked as a service is no source besides, or a snapshot of it would be made
     * for nothing.
     */
    public static Services of(NodeServices now, Stored stored,
            List<CallbackFaultSource> callbacks, Told told) {
        return new Services(now.find(MessageDeduplicator.class).orElse(null),
                now.find(ReputationManager.class).orElse(null), now.find(NetworkMetrics.class).orElse(null),
                now.find(HealthMonitor.class).orElse(null), now.find(Transport.class).orElse(null),
                now.find(PeerDirectory.class).orElse(null), now.find(Gossip.class).orElse(null), now.configured(),
                stored, callbacks, now.sources().stream().filter(source -> NodeServices.OF_A_NODE.stream()
                        .noneMatch(type -> type.isInstance(source))).toList(), told);
    }

    /** What those tell that tell this. */
    public <R extends Record> Stream<R> told(Class<R> type) {
        return sources.stream().flatMap(source -> told.by(source).stream()).filter(type::isInstance).map(type::cast);
    }

    /** Each service an entire node has, by its name; null if it is absent. */
    public Map<String, Object> byName() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("transport", transport);
        all.put("peers", peers);
        all.put("gossip", gossip);
        all.put("dedup", dedup);
        all.put("reputation", reputation);
        all.put("health", health);
        all.put("metrics", metrics);
        return all;
    }

    /** Who is meant by what an operator writes. */
    public PeerFinder finder() {
        return new PeerFinder(Optional.ofNullable(peers), Optional.ofNullable(reputation));
    }

    /** How a sentence names a peer: with its alias where it is known here, else by its short id. */
    public String name(PeerId id) {
        return Optional.ofNullable(peers).stream().flatMap(known -> known.peers().stream())
                .filter(peer -> peer.id().equals(Optional.of(id))).map(Peer::name).findFirst()
                .orElseGet(id::shortForm);
    }

    Snapshots snapshots() {
        return new Snapshots(snapshot(dedup, DedupSnapshot.class), snapshot(reputation, ReputationSnapshot.class),
                snapshot(transport, TransportSnapshot.class), snapshot(peers, PeersSnapshot.class),
                snapshot(gossip, GossipSnapshot.class), told(WebSnapshot.class).findFirst().orElse(null));
    }

    /** What a service tells; null if it is absent or cannot tell. */
    private <R> R snapshot(SnapshotSource service, Class<R> type) {
        return service == null ? null : told.by(service).map(type::cast).orElse(null);
    }

    /** A number in force; empty if its bundle is absent. */
    public Optional<Long> number(String bundle, String key) {
        return text(bundle, key).map(Long::valueOf);
    }

    /** A value in force as it is displayed; empty if its bundle is absent. */
    public Optional<String> text(String bundle, String key) {
        return configured.stream().filter(one -> one.pid().equals(PREFIX + bundle))
                .flatMap(one -> Optional.ofNullable(one.settings().displayed().get(key)).stream()).findFirst();
    }
}
