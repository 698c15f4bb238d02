// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.state.StateDirectory;

/**
 * What the core needs of the world around it.
 *
 * @param ticker time that passes: decay and bans
 * @param clock time of day: events, and what passed while the node was down
 * @param timer one thread for everything in the background
 * @param random secrets against chosen ids
 * @param state where scores survive
 * @param outlets whom it talks to
 */
record World(Ticker ticker, Clock clock, ScheduledExecutorService timer, RandomGenerator random, StateDirectory state,
        Outlets outlets) {

    /**
     * Whom the core talks to.
     *
     * @param events is told each decision
     * @param warn is told what an operator should look at
     * @param own tells whether an id is this node's own
     */
    record Outlets(Consumer<NetworkEvent> events, Consumer<String> warn, Predicate<PeerId> own) {

        /** Where this node has no id. */
        Outlets(Consumer<NetworkEvent> events, Consumer<String> warn) {
            this(events, warn, id -> false);
        }

        /** Refuses this node's own id. */
        void requireOther(PeerId id) {
            if (own.test(Objects.requireNonNull(id, "peer"))) {
                throw new IllegalArgumentException(id.shortForm() + " is this node itself, which is no peer of its own:"
                        + " only other nodes can be banned");
            }
        }
    }
}
