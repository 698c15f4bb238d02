// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;


import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.testkit.ManualScheduler;

/** A node with a link whose socket has room when the test says so. */
abstract class PulledByHand {

    static final int KIB = 1024;

    final ManualScheduler time = new ManualScheduler();
    final FakeNode node = new FakeNode(time, 1);
    final FakeLink link = stuck(new FakeNode(time, 2));
    Fill last;
    private long strange;

    FakeLink stuck(FakeNode other) {
        FakeLink made = node.connect(other);
        made.stick(true);
        return made;
    }

    FakeTarget fill(FakeLink of, int bytes, FrameClass lowest) {
        FakeTarget target = new FakeTarget(bytes);
        last = of.receiver.fill(target, lowest);
        return target;
    }

    /** The texts of one fill, which is taken. */
    List<String> pull(int bytes) {
        List<String> texts = fill(link, bytes, FrameClass.LOW).frames().stream().map(Frame::text).toList();
        if (last != null) {
            last.taken();
        }
        return texts;
    }

    /** The peer settles all it was sent: it says what cannot be, and another thing each time. */
    void settle() {
        strange--;
        link.give(new Ack(0, new long[] {strange, strange, strange}).frame());
    }

    MessageId publish(Priority priority, String text) {
        return node.core.publish(FakeNode.message(text).withPriority(priority)).id().orElseThrow();
    }

    void want(FakeLink from, MessageId... ids) {
        List<IdKey> keys = new ArrayList<>();
        for (MessageId id : ids) {
            keys.add(new IdKey(id));
        }
        from.give(ControlCodec.ids(FrameType.IWANT, keys));
        time.runDue();
    }

    static ByteBuffer body(int hops, int codec, int rawLength, byte[] payload) {
        byte[] head = Heads.head(hops, Priority.NORMAL, FakeNode.TOPIC, 5, rawLength);
        head[MessageCodec.CODEC_OFFSET] = (byte) codec;
        return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip()
                .putInt(MessageCodec.AGE_OFFSET, 100);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
