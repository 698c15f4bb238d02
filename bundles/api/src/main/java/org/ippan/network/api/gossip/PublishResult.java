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
        ACCEPTED("it is on its way"),
        /** It was seen already: equal topic, nonce and payload. */
        DUPLICATE("a message of equal topic, nonce and payload was seen before"),
        /** The network takes no more just now: {@link Gossip#whenWritable} tells when it does. */
        BACKPRESSURE("the network takes no more just now (try again in a second)"),
        /** The payload is longer than {@code maxMessageBytes}. */
        TOO_LARGE("the payload is longer than maxMessageBytes of org.ippan.network.gossip allows"),
        /** No peer is connected; {@link Gossip#publishAsync} waits for the first one before it says so. */
        NO_PEERS("no peer is connected (the doctor says why)"),
        /** The service is stopping, not yet ready, or one of its settings is invalid that decides about security. */
        CLOSED("the service for messages is starting, stopping or refuses to serve (try again in a few seconds; the"
                + " doctor says why it refuses)");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** {@return what became of the message, as operators read it: a clause, with what to do about it} */
        public String text() {
            return text;
        }
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

    /** {@return whether the message is on its way} */
    public boolean accepted() {
        return status == Status.ACCEPTED;
    }
}
