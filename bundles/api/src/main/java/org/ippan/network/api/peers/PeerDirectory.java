// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/** Whom this node knows and is connected to. Safe for any thread. */
@ProviderType
public interface PeerDirectory extends SnapshotSource {

    /**
     * Who this node is.
     *
     * @return its own id; empty while no transport is there
     */
    Optional<PeerId> localId();

    /**
     * What message ids of this network begin with: the first 16 bytes of SHA-256("ippan-net/1" ‖ networkId).
     *
     * @return a new array of 16 bytes, of the network new connections are made to
     */
    byte[] networkTag();

    /**
     * Everyone connected, configured or known from before.
     *
     * @return a snapshot, connected ones first
     */
    List<Peer> peers();

    /**
     * Everyone connected now.
     *
     * @return a snapshot
     */
    List<Peer> connected();

    /**
     * One peer.
     *
     * @param id who
     * @return empty if nothing is known about it
     */
    Optional<Peer> peer(PeerId id);

    @Override
    PeersSnapshot snapshot();
}
