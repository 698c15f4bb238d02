// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;

/**
 * A message as a listener gets it. Tests of a single listener or validator make one themselves.
 *
 * @param message what was published
 * @param deliveredBy who delivered it
 * @param hops how many nodes relayed it
 * @param age how long it was under way
 */
public record MemoryMessage(Message message, PeerId deliveredBy, int hops, Duration age) implements ReceivedMessage {

    /** A message as it comes from its publisher, at once. */
    public static MemoryMessage of(Message message, PeerId publisher) {
        return new MemoryMessage(message, publisher, 0, Duration.ZERO);
    }

    /** The same for equal topic, nonce and payload; not the id of a real node, which has the network's name in it. */
    @Override
    public MessageId id() {
        return id(message);
    }

    static MessageId id(Message message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] topic = message.topic().name().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(topic.length)
                    .putLong(message.nonce()).flip());
            digest.update(topic);
            return MessageId.of(digest.digest(message.payload()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public Topic topic() {
        return message.topic();
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(message.payload()).asReadOnlyBuffer();
    }

    @Override
    public byte[] payloadBytes() {
        return message.payload().clone();
    }

    @Override
    public Priority priority() {
        return message.priority();
    }

    @Override
    public long nonce() {
        return message.nonce();
    }
}
