// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHasher;
import org.ippan.network.testkit.ManualScheduler;

/** A node and a link by which messages come. */
abstract class ArrivalsFixture {

    final ManualScheduler time = new ManualScheduler();
    final FakeNode node = new FakeNode(time, 1);
    final FakeLink from = node.connect(new FakeNode(time, 2));
    private int number;

    ByteBuffer body(int length, int hops, int ageMillis) {
        byte[] head = Heads.head(hops, Priority.NORMAL, FakeNode.TOPIC, number++, length);
        return ByteBuffer.allocate(head.length + length).put(head).rewind().putInt(MessageCodec.AGE_OFFSET, ageMillis)
                .putLong(MessageCodec.NUMBER_OFFSET, 1000 + number);
    }

    static MessageId idOf(ByteBuffer body, int length) {
        IdKey id = new IdKey();
        byte[] payload = new byte[length];
        body.get(body.limit() - length, payload);
        new MessageHasher(FakeNode.TAG).hash(FakeNode.TOPIC, body.getLong(12), payload, id);
        return id.toId();
    }

    static long frame(ByteBuffer body) {
        return FrameType.HEADER_LENGTH + body.capacity();
    }

    /** Messages that are read in one go. */
    void give(ByteBuffer... bodies) throws Exception {
        for (ByteBuffer body : bodies) {
            from.receiver.frame(FrameType.GOSSIP, 0, body);
        }
        from.receiver.readComplete();
        time.runDue();
    }
}
