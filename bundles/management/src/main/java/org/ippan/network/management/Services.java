// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerFinder;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.transport.Transport;

/**
 * The services operations act on, which may come and go. Each bundle registers one object for all its interfaces, so
 * that the one that tells a snapshot also takes orders. Safe for any thread.
 */
final class Services {

    /** The services a whole node has. */
    static final List<Class<?>> OF_A_NODE = List.of(MessageDeduplicator.class, ReputationManager.class,
            NetworkMetrics.class, HealthMonitor.class, Transport.class, PeerDirectory.class, Gossip.class);

    private static final List<Class<?>> ADMIN = List.of(ReputationAdmin.class, PeerAdmin.class, Nat.class,
            NetworkView.class);

    private final Map<Class<?>, Object> present = new ConcurrentHashMap<>();

    void bind(Object service) {
        OF_A_NODE.stream().filter(type -> type.isInstance(service)).forEach(type -> present.put(type, service));
        ADMIN.stream().filter(type -> type.isInstance(service)).forEach(type -> present.put(type, service));
    }

    void unbind(Object service) {
        present.values().removeIf(known -> known == service);
    }

    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(type.cast(present.get(type)));
    }

    /**
     * A service an operation needs.
     *
     * @throws IllegalStateException if it is absent, in words for an operator
     */
    <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> new IllegalStateException(type.getSimpleName()
                + " is absent: its bundle is stopped or being updated"));
    }

    /** Who, or where, is meant by what an operator writes. */
    PeerFinder finder() {
        return new PeerFinder(find(PeerDirectory.class), find(ReputationManager.class));
    }
}
