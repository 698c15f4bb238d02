// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.util.Set;
import java.util.TreeSet;

/** Names of configurations the launcher writes, and which there are. */
final class Pids {

    /** What every bundle's symbolic name, which is its PID, begins with. */
    static final String PREFIX = "org.ippan.network.";

    static final String TRANSPORT = PREFIX + "transport";
    static final String LISTEN_ADDRESS = "listenAddress";

    static final String GOSSIP = PREFIX + "gossip";

    static final String PEERS = PREFIX + "peers";
    static final String SEEDS = "seeds";
    static final String NETWORK_ID = "networkId";
    static final String NETWORK_KEY = "networkKey";
    static final String SECOND_KEY = "secondNetworkKey";

    static final String WEB = PREFIX + "web";
    static final String ENABLED = "enabled";
    static final String TOKEN = "token";

    /** Factory of one configuration each for peers with a name of their own. */
    static final String PEER_FACTORY = PEERS + ".peer";

    private Pids() {
    }

    /** Whether a PID belongs to a bundle of the node, or to a peer: {@code org.ippan.network.peers.peer~alias}. */
    static boolean known(String pid, Set<String> bundles) {
        int tilde = pid.indexOf('~');
        return bundles.contains(pid)
                || tilde > 0 && tilde < pid.length() - 1 && pid.substring(0, tilde).equals(PEER_FACTORY);
    }

    /** The sentence that refuses an unknown PID. */
    static String unknown(String pid, Set<String> bundles) {
        Set<String> all = new TreeSet<>(bundles);
        all.add(PEER_FACTORY + "~ALIAS");
        return "unknown PID '" + pid + "'; there are " + String.join(", ", all);
    }
}
