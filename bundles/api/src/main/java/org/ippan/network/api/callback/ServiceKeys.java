// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.settings.Spelling;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;

/** The names of service properties that are read here. Stateless. */
public final class ServiceKeys {

    /** What the name of each begins with; names that begin otherwise are those of applications. */
    private static final String OWN = "ippan";

    /** Of all kinds of services: one object may be registered as several. */
    private static final List<String> KNOWN = List.of(GossipListener.TOPIC, GossipListener.QUEUE,
            GossipListener.OVERFLOW, PeerDiscovery.NAME, SnapshotSource.NAME, Transport.SCHEME, Transport.LOOPBACK);

    private ServiceKeys() {
    }

    /**
     * Names that look like ours and are read by nothing.
     *
     * @param properties of a service
     * @return each with what was probably meant; empty if there are none
     */
    static String unknown(Map<String, ?> properties) {
        return properties.keySet().stream().filter(key -> key.toLowerCase(Locale.ROOT).startsWith(OWN))
                .filter(key -> !KNOWN.contains(key)).sorted()
                .map(key -> key + " (" + Spelling.remedy(key, KNOWN) + ")").collect(Collectors.joining(", "));
    }

    /**
     * The property that was probably meant to be a missing one.
     *
     * @param missing its whole name
     * @param properties of a service
     * @return a name that is like it, with or without what names of ours begin with
     */
    public static Optional<String> insteadOf(String missing, Map<String, ?> properties) {
        return Spelling.nearest(missing, properties.keySet())
                .or(() -> Spelling.nearest(missing.substring(OWN.length() + 1), properties.keySet()));
    }
}
