// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.NodeIdentity;
import org.osgi.annotation.versioning.ProviderType;

/** Whom this node knows and is connected to. Safe for any thread. */
@ProviderType
public interface PeerDirectory extends SnapshotSource {

    /** {@return the id of this node; empty while no transport is there} */
    Optional<PeerId> localId();

    /** {@return the node's key, to sign with; empty while no transport is there} */
    default Optional<NodeIdentity> identity() {
        return Optional.empty();
    }

    /**
     * What message ids of this network begin with: the first 16 bytes of SHA-256("ippan-net/1" ‖ networkId).
     *
     * @return a new array of 16 bytes, of the network new connections are made to
     */
    byte[] networkTag();

    /**
     * Where peers see this node: an address is believed when 3 peers that it dialled, in different networks, say the
     * same within an hour.
     *
     * @return at most one of IPv4 and one of IPv6; empty while they do not agree
     */
    List<InetAddress> observedAddresses();

    /**
     * What nodes that look for this network may be given, {@code docs/protocol.md} §8: this node's own record, then
     * those of peers that are not banned. The same that peers are told when they ask for addresses.
     *
     * @param max at most so many
     * @return bytes of signed records of the last 24 hours; none while the key {@code exchange} is false
     */
    List<byte[]> addressRecords(int max);

    /** {@return everyone connected, configured or known from before, connected ones first} */
    List<Peer> peers();

    /** {@return everyone connected now} */
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
