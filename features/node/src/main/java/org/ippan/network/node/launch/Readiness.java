// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.Transport;

/**
 * How far a node has come.
 *
 * @param state ready, not yet, or refusing to serve
 * @param detail where it listens, what is awaited, or why it refuses
 * @param absent services of a whole node that are not there, by the names of their bundles
 */
public record Readiness(State state, String detail, List<String> absent) {

    /** By the name of the bundle an operator looks for. */
    private static final Map<Class<?>, String> WHOLE_NODE = new LinkedHashMap<>();

    static {
        WHOLE_NODE.put(Transport.class, "transport");
        WHOLE_NODE.put(PeerDirectory.class, "peers");
        WHOLE_NODE.put(Gossip.class, "gossip");
        WHOLE_NODE.put(MessageDeduplicator.class, "dedup");
        WHOLE_NODE.put(ReputationManager.class, "reputation");
        WHOLE_NODE.put(HealthMonitor.class, "health");
        WHOLE_NODE.put(NetworkMetrics.class, "metrics");
    }

    /** Without these there is nothing to run. */
    private static final Set<String> NEEDED = Set.of("transport", "peers", "gossip");

    /** What a node does, as far as that shows. */
    public enum State {
        /** A service is not there: it is still starting, or its bundle does not run. */
        MISSING,
        /** It does not listen, but goes on trying. */
        WAITING,
        /** It listens, and its services are there. */
        READY,
        /** It is up, but a setting forbids to serve until it is corrected. */
        REFUSING
    }

    /** Whose settings decide whether the node takes part in its network. */
    private static final Set<String> DECIDING = Set.of(Pids.TRANSPORT, Pids.PEERS, Pids.GOSSIP);

    /** Whether time may make it better. */
    public boolean unsettled() {
        return state == State.MISSING || state == State.WAITING || state == State.READY && !absent.isEmpty();
    }

    static Readiness of(NodeFramework framework) {
        List<String> absent = WHOLE_NODE.entrySet().stream()
                .filter(service -> framework.find(service.getKey()).isEmpty()).map(Map.Entry::getValue).toList();
        if (absent.stream().anyMatch(NEEDED::contains)) {
            return new Readiness(State.MISSING, absent(absent), absent);
        }
        Transport transport = framework.find(Transport.class).orElseThrow();
        return refusal(framework).map(why -> new Readiness(State.REFUSING, why, absent))
                .or(() -> transport.listenAddress().map(address ->
                        new Readiness(State.READY, address.toString(), absent)))
                .orElseGet(() -> new Readiness(State.WAITING, why(transport.snapshot().listenError()), absent));
    }

    /** The sentence about services that are not there. */
    public static String absent(List<String> names) {
        return "services absent: " + String.join(", ", names) + "; the log says why";
    }

    /** A setting that keeps the node out of its network; one that only keeps the page away is no reason. */
    private static Optional<String> refusal(NodeFramework framework) {
        List<LiveSettings<?>> deciding = framework.findAll(Configurable.class).stream()
                .<LiveSettings<?>>map(Configurable::settings)
                .filter(settings -> DECIDING.contains(settings.schema().pid())).toList();
        return deciding.stream().noneMatch(LiveSettings::failedClosed) ? Optional.empty()
                : Optional.of(deciding.stream().flatMap(settings -> settings.lastConfigError().stream()).sorted()
                        .collect(Collectors.joining("; ")));
    }

    private static String why(String listenError) {
        return listenError.isEmpty() ? "it does not listen yet" : listenError;
    }
}
