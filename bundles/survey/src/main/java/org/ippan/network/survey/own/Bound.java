// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.Transport;

/** The services of the node as far as they are there. Safe for any thread. */
public final class Bound {

    public volatile PeerDirectory peers;
    public volatile ReservedGossip gossip;
    public volatile ReputationManager reputation;
    public volatile Doctor doctor;
    /** Of the bundle peers. */
    public volatile LiveSettings<?> membership;
    /** The transports there are, and whether each listens for this machine only. */
    public final Map<Transport, Boolean> onLoopback = new ConcurrentHashMap<>();

    Optional<PeerDirectory> directory() {
        return Optional.ofNullable(peers);
    }

    /** A value of the bundle peers as it is displayed; empty if it is not set, or the bundle is absent. */
    String member(String key) {
        LiveSettings<?> settings = membership;
        return settings == null ? "" : settings.displayed().getOrDefault(key, "");
    }
}
