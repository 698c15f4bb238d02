// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator may do with peers. Published beside {@link PeerDirectory}; safe for any thread. */
@ProviderType
public interface PeerAdmin {

    /**
     * Adds a peer that is always dialled until it is removed or the node ends; configuration makes it permanent.
     *
     * @param address where it is
     * @param alias a name for it, or empty
     */
    void add(PeerAddress address, String alias);

    /**
     * Forgets an added or learnt peer and closes its connection.
     *
     * @param address where it is
     * @return false if it is configured, or not known
     */
    boolean remove(PeerAddress address);

    /**
     * Dials an address now, whatever its back-off.
     *
     * @param address where to
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
     * Probes a peer now.
     *
     * @param id who
     * @return its round trip; fails if it is not connected or does not answer in time
     */
    CompletionStage<Duration> ping(PeerId id);
}
