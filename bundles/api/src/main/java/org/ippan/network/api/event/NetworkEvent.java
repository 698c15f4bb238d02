// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import java.util.Objects;
import java.util.Optional;
import org.ippan.network.api.PeerId;

/**
 * One decision.
 *
 * @param type what happened
 * @param peer to whom, if to a peer
 * @param text why, in a sentence free of control characters
 */
public record NetworkEvent(EventType type, Optional<PeerId> peer, String text) {

    /**
     * Refuses nulls.
     *
     * @param type not null
     * @param peer not null
     * @param text not null
     */
    public NetworkEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(text, "text");
    }

    /**
     * An event about a peer.
     *
     * @param type what happened
     * @param peer to whom
     * @param text why
     * @return the event
     */
    public static NetworkEvent of(EventType type, PeerId peer, String text) {
        Objects.requireNonNull(peer, "peer");
        return new NetworkEvent(type, Optional.of(peer), text);
    }

    /**
     * An event about the node.
     *
     * @param type what happened
     * @param text why
     * @return the event
     */
    public static NetworkEvent of(EventType type, String text) {
        return new NetworkEvent(type, Optional.empty(), text);
    }
}
