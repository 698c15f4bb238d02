// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ippan.network.api.Topic;

/**
 * A question or an answer in a payload: the number of the question (16 bytes), how many bytes the topic for answers has
 * (1 byte; 0 in an answer), that topic, and the body.
 *
 * @param high first half of the number, which is random
 * @param low second half of it
 * @param replyTo where answers are published; empty in an answer
 * @param body what is asked or answered
 */
record Envelope(long high, long low, Optional<Topic> replyTo, byte[] body) {

    byte[] encode() {
        byte[] topic = replyTo.map(Topic::toString).orElse("").getBytes(UTF_8);
        return ByteBuffer.allocate(2 * Long.BYTES + 1 + topic.length + body.length).putLong(high).putLong(low)
                .put((byte) topic.length).put(topic).put(body).array();
    }

    /** Reads a payload from another node; empty if it is neither a question nor an answer. */
    static Optional<Envelope> decode(ByteBuffer payload) {
        try {
            long high = payload.getLong();
            long low = payload.getLong();
            byte[] topic = new byte[Byte.toUnsignedInt(payload.get())];
            payload.get(topic);
            byte[] body = new byte[payload.remaining()];
            payload.get(body);
            return Optional.of(new Envelope(high, low,
                    topic.length == 0 ? Optional.empty() : Optional.of(Topic.of(new String(topic, UTF_8))
                            .ofApplications()), body));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // Another application publishes on this topic, or a peer made it up.
            return Optional.empty();
        }
    }
}
