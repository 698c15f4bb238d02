// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.ReceivedMessage;

/** A message that came from a peer one hop away, 7 ms ago. */
public record FakeMessage(Topic topic, byte[] payloadBytes) implements ReceivedMessage {

    @Override
    public MessageId id() {
        return FakeGossip.ID;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(payloadBytes);
    }

    @Override
    public Priority priority() {
        return Priority.HIGH;
    }

    @Override
    public long nonce() {
        return 0;
    }

    @Override
    public PeerId deliveredBy() {
        return PeerId.parse("ab".repeat(32));
    }

    @Override
    public int hops() {
        return 1;
    }

    @Override
    public Duration age() {
        return Duration.ofMillis(7);
    }
}
