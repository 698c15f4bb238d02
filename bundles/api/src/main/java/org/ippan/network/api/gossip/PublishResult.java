// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.util.Objects;
import java.util.Optional;
import org.ippan.network.api.MessageId;

/**
 * What became of a message to publish. Only {@link Status#ACCEPTED} kept or marked anything.
 *
 * @param status what became of it
 * @param id the message's id where it was computed: for accepted messages and duplicates
 */
public record PublishResult(Status status, Optional<MessageId> id) {

    /** What may become of a message. */
    public enum Status {
        /** It is on its way. */
        ACCEPTED,
        /** It was seen already: equal topic, nonce and payload. */
        DUPLICATE,
        /** The network takes no more just now: {@link Gossip#whenWritable} tells when it does. */
        BACKPRESSURE,
        /** The payload is longer than {@code maxMessageBytes}. */
        TOO_LARGE,
        /** No peer is connected; {@link Gossip#publishAsync} waits for the first one before it says so. */
        NO_PEERS,
        /** The service is stopping, or not yet ready. */
        CLOSED
    }

    /**
     * Refuses nulls.
     *
     * @param status not null
     * @param id not null
     */
    public PublishResult {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(id, "id");
    }

    /**
     * Whether the message is on its way.
     *
     * @return true if it was accepted
     */
    public boolean accepted() {
        return status == Status.ACCEPTED;
    }
}
