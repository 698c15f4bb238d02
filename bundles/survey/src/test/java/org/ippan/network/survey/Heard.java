// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.testkit.Peers;

/** A status record as it comes from a peer. */
record Heard(byte[] bytes, Duration age, PeerId deliveredBy) implements ReceivedMessage {

    Heard(byte[] bytes, Duration age) {
        this(bytes, age, Peers.bob());
    }

    @Override
    public MessageId id() {
        return Peers.messageId(1);
    }

    @Override
    public Topic topic() {
        return Survey.TOPIC;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public byte[] payloadBytes() {
        return bytes.clone();
    }

    @Override
    public Priority priority() {
        return Priority.LOW;
    }

    @Override
    public long nonce() {
        return 0;
    }

    @Override
    public int hops() {
        return 1;
    }
}
