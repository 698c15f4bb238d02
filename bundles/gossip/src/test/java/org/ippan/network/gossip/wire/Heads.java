// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;

/** Heads of messages for tests, in arrays of just their length. */
public final class Heads {

    private Heads() {
    }

    /** A head without a seal, of a payload that is not compressed. */
    public static byte[] head(int hops, Priority priority, Topic topic, long nonce, int rawLength) {
        ByteBuffer head = ByteBuffer.allocate(MessageCodec.FIXED_LENGTH + topic.length());
        MessageCodec.putHead(head, hops, priority, topic, nonce, rawLength);
        return head.array();
    }
}
