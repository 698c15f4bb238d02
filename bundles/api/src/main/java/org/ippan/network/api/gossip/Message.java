// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.util.Objects;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;

/**
 * A message to publish. Topic, nonce and payload make its id: with nonce 0, equal content is one message; an
 * application that repeats equal content gives each a nonce of its own. Immutable as long as the payload's array is
 * left alone.
 *
 * @param topic its label
 * @param payload its content, up to {@code maxMessageBytes}; the array is handed over and must not be changed
 * @param priority how urgent it is
 * @param nonce tells equal contents apart; unsigned
 */
public record Message(Topic topic, byte[] payload, Priority priority, long nonce) {

    /**
     * Refuses nulls.
     *
     * @param topic not null
     * @param payload not null
     * @param priority not null
     * @param nonce any
     */
    public Message {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(priority, "priority");
    }

    /**
     * A message of normal priority and nonce 0.
     *
     * @param topic its label
     * @param payload its content
     * @return the message
     */
    public static Message of(Topic topic, byte[] payload) {
        return new Message(topic, payload, Priority.NORMAL, 0);
    }

    /**
     * The same with another priority.
     *
     * @param other the priority
     * @return a new message
     */
    public Message withPriority(Priority other) {
        return new Message(topic, payload, other, nonce);
    }

    /**
     * The same with another nonce.
     *
     * @param other the nonce
     * @return a new message
     */
    public Message withNonce(long other) {
        return new Message(topic, payload, priority, other);
    }
}
