// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.util.Set;
import java.util.TreeSet;

/** Names of configurations the launcher writes, and which there are. */
public final class Pids {

    /** What every bundle's symbolic name, which is its PID, begins with. */
    public static final String PREFIX = "org.ippan.network.";

    public static final String TRANSPORT = PREFIX + "transport";
    public static final String LISTEN_ADDRESS = "listenAddress";

    public static final String GOSSIP = PREFIX + "gossip";

    public static final String PEERS = PREFIX + "peers";
    public static final String SEEDS = "seeds";
    public static final String NETWORK_ID = "networkId";
    public static final String NETWORK_KEY = "networkKey";
    public static final String SECOND_KEY = "secondNetworkKey";

    public static final String WEB = PREFIX + "web";
    public static final String ENABLED = "enabled";
    public static final String TOKEN = "token";

    /** Factory of one configuration each for peers with a name of their own. */
    static final String PEER_FACTORY = PEERS + ".peer";

    private Pids() {
    }

    /** Whether a PID belongs to a bundle of the node, or to a peer: {@code org.ippan.network.peers.peer~alias}. */
    public static boolean known(String pid, Set<String> bundles) {
        int tilde = pid.indexOf('~');
        return bundles.contains(pid)
                || tilde > 0 && tilde < pid.length() - 1 && pid.substring(0, tilde).equals(PEER_FACTORY);
    }

    /** The sentence that refuses an unknown PID. */
    public static String unknown(String pid, Set<String> bundles) {
        Set<String> all = new TreeSet<>(bundles);
        all.add(PEER_FACTORY + "~ALIAS");
        return "unknown PID '" + pid + "'; there are " + String.join(", ", all);
    }
}
