// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;

/** The services of the node as far as they are there. Safe for any thread. */
public final class Bound {

    public final NodeServices services = new NodeServices();
    /** Null while it is absent: the one that takes records. */
    public volatile ReservedGossip gossip;
    /** The transports there are, and whether each listens for this machine only. */
    public final Map<Transport, Boolean> onLoopback = new ConcurrentHashMap<>();

    Optional<PeerDirectory> directory() {
        return services.find(PeerDirectory.class);
    }

    /** A value of the bundle peers as it is displayed; empty if it is not set, or the bundle is absent. */
    String member(String key) {
        return services.setting("peers", key).orElse("");
    }
}
