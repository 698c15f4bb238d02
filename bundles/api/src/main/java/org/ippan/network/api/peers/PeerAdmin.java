// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator may do with peers. Published beside {@link PeerDirectory}; safe for any thread. */
@ProviderType
public interface PeerAdmin {

    /**
     * Adds a peer that is always dialled until it is removed or the node ends.
     *
     * @param address where it is
     * @param alias a name for it, or empty
     */
    void add(PeerAddress address, String alias);

    /**
     * Adds a peer that is always dialled until it is removed: stored as a configuration of its own, as long as Config
     * Admin stores configurations.
     *
     * @param address where it is
     * @param alias a name for it, or empty
     * @return the PID of the configuration; empty, with nothing added, where there is no Config Admin
     * @throws IllegalArgumentException if the alias or the address cannot be stored, saying why
     */
    default Optional<String> keep(PeerAddress address, String alias) {
        return Optional.empty();
    }

    /**
     * Forgets an added, kept or learnt peer and closes its connection. One that has met this node may dial it again.
     *
     * @param address where it is
     * @return false if it is configured otherwise, or not known
     */
    boolean remove(PeerAddress address);

    /**
     * Whether only a change of the configuration takes a peer away, so that {@link #remove} does not.
     *
     * @param address where it is
     * @return whether a file of its own, or the seeds, have it
     */
    default boolean isConfigured(PeerAddress address) {
        Objects.requireNonNull(address, "address");
        return false;
    }

    /**
     * Dials an address now, whatever its back-off.
     *
     * @param address where to
     * @throws IllegalStateException if the node serves no peer, with the reason
     */
    void connect(PeerAddress address);

    /**
     * Closes the connection to a peer.
     *
     * @param id who
     * @param reason why, told to the peer
     * @return whether it was connected
     */
    boolean disconnect(PeerId id, String reason);

    /**
     * Hears peers at an address again from which too many handshakes failed.
     *
     * @param address an IP address, or a prefix as {@link PeersSnapshot#blocked} has it
     * @return whether it was blocked
     * @throws IllegalArgumentException if it is neither
     */
    boolean unblock(String address);

    /**
     * Probes a peer now.
     *
     * @param id who
     * @return its round trip; fails if it is not connected or does not answer in time
     */
    CompletionStage<Duration> ping(PeerId id);
}
