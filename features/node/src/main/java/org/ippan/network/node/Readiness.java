// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.transport.Transport;

/**
 * How far a node has come.
 *
 * @param state ready, not yet, or refusing to serve
 * @param detail where it listens, what is awaited, or why it refuses
 */
record Readiness(State state, String detail) {

    enum State {
        /** A service is not there: it is still starting, or its bundle does not run. */
        MISSING,
        /** It does not listen, but goes on trying. */
        WAITING,
        /** It listens, and its services are there. */
        READY,
        /** It is up, but a setting forbids to serve until it is corrected. */
        REFUSING
    }

    /** Whose settings decide whether the node listens. */
    private static final Set<String> DECIDING = Set.of(Pids.TRANSPORT, Pids.PEERS);

    /** Whether time may make it better. */
    boolean unsettled() {
        return state == State.MISSING || state == State.WAITING;
    }

    static Readiness of(NodeFramework framework) {
        Optional<Class<?>> missing = Stream.<Class<?>>of(Transport.class, PeerDirectory.class, Gossip.class)
                .filter(type -> framework.find(type).isEmpty()).findFirst();
        if (missing.isPresent()) {
            return new Readiness(State.MISSING, "the " + missing.get().getSimpleName() + " service is not there");
        }
        Transport transport = framework.find(Transport.class).orElseThrow();
        return transport.listenAddress().map(address -> new Readiness(State.READY, address.toString()))
                .orElseGet(() -> refusal(framework)
                        .map(why -> new Readiness(State.REFUSING, why))
                        .orElseGet(() -> new Readiness(State.WAITING, why(transport.snapshot().listenError()))));
    }

    /** A setting that forbids to listen; one that only keeps the page away is no reason. */
    private static Optional<String> refusal(NodeFramework framework) {
        return framework.findAll(Configurable.class).stream().map(Configurable::settings)
                .filter(settings -> settings.failedClosed() && DECIDING.contains(settings.schema().pid()))
                .flatMap(settings -> settings.lastConfigError().stream()).findFirst();
    }

    private static String why(String listenError) {
        return listenError.isEmpty() ? "it does not listen yet" : listenError;
    }
}
