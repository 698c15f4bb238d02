// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which names of snapshots are those of the node and of its bundles, so that no application has them. Stateless. */
public final class SourceNames {

    /** Beans of these types are those of the node and of its peers. */
    private static final Set<String> OF_NODE = Set.of("node", "peer", "peersettings");
    private static final String NETWORK = "org.ippan.network.";
    /** What bundles of the network tell under, and the package in which each has the class of its service. */
    private static final Map<String, String> OF_BUNDLES = Map.ofEntries(Map.entry("chaos", "chaos"),
            Map.entry("dedup", "dedup"), Map.entry("discovery", "discovery"), Map.entry("eventadmin", "eventadmin"),
            Map.entry("gossip", "gossip"), Map.entry("health", "health"), Map.entry("management", "management"),
            Map.entry("metrics", "metrics"), Map.entry("nat", "nat"), Map.entry("network", "survey"),
            Map.entry("peers", "peers"), Map.entry("reputation", "reputation"), Map.entry("transport", "transport"),
            Map.entry("web", "web"), Map.entry("websocket", "transport"));

    private SourceNames() {
    }

    /**
     * {@return whether the node, its peers or a bundle of the network tell under a name, be it there or not}
     *
     * @param name of a snapshot
     */
    public static boolean isOfNetwork(String name) {
        Objects.requireNonNull(name, "name");
        return OF_BUNDLES.containsKey(kind(name)) || isOfNode(name);
    }

    /** Whether a name is that of no bundle, but of the node or its peers. */
    static boolean isOfNode(String name) {
        return OF_NODE.contains(kind(name));
    }

    /** Whether a name is that of a bundle of the network, and a class is none of it. */
    static boolean isOfAnother(String name, Class<?> source) {
        String bundle = OF_BUNDLES.get(kind(name));
        return bundle != null && !source.getName().startsWith(NETWORK + bundle + '.');
    }

    /** What metrics, in which there are neither capitals nor gaps, cannot tell from a name. */
    private static String kind(String name) {
        int dot = name.indexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).replace("_", "").toLowerCase(Locale.ROOT);
    }
}
