// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.api.web.WebSnapshot;

/** What the services told at one moment; null for those that were absent or could not tell. */
public record Snapshots(DedupSnapshot dedup, ReputationSnapshot reputation, TransportSnapshot transport,
        PeersSnapshot peers, GossipSnapshot gossip, WebSnapshot web) {
}
