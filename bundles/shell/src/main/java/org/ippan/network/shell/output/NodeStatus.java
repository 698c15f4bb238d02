// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.transport.TransportSnapshot;

/** The node at a glance, taken from the snapshots; empty is what an absent bundle would know. */
public record NodeStatus(String state, Optional<String> reasons,
        Optional<String> node, Optional<String> listening, Optional<String> refusal,
        Optional<Boolean> tls, Optional<Integer> peersConnected, Optional<Integer> peersKnown,
        Optional<Integer> peersBanned, Optional<RelayMode> relayMode, Optional<Long> published,
        Optional<Long> delivered, Optional<Long> duplicates, Optional<Double> sentPerSecond,
        Optional<Double> receivedPerSecond, Optional<Integer> idsRemembered) {

    public static NodeStatus of(Services services) {
        List<Record> now = List.copyOf(services.snapshots().values());
        Optional<PeersSnapshot> peers = of(PeersSnapshot.class, now);
        Optional<TransportSnapshot> transport = of(TransportSnapshot.class, now);
        Optional<GossipSnapshot> gossip = of(GossipSnapshot.class, now);
        Optional<NetworkMetricsSnapshot> metrics = of(NetworkMetricsSnapshot.class, now);
        Verdict verdict = services.verdict();
        return new NodeStatus(verdict.word(), Optional.of(verdict.text()).filter(why -> !why.isEmpty()),
                peers.map(PeersSnapshot::localId), transport.map(TransportSnapshot::boundAddress),
                peers.map(PeersSnapshot::refusal).filter(why -> !why.isEmpty()), transport.map(TransportSnapshot::tls),
                peers.map(PeersSnapshot::connected), peers.map(PeersSnapshot::known),
                of(ReputationSnapshot.class, now).map(ReputationSnapshot::banned),
                gossip.map(GossipSnapshot::relayMode), gossip.map(GossipSnapshot::published),
                gossip.map(GossipSnapshot::delivered), gossip.map(GossipSnapshot::duplicates),
                metrics.map(snapshot -> snapshot.last10s().messagesSent()),
                metrics.map(snapshot -> snapshot.last10s().messagesReceived()),
                of(DedupSnapshot.class, now).map(DedupSnapshot::size));
    }

    private static <T extends Record> Optional<T> of(Class<T> type, List<Record> snapshots) {
        return snapshots.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
