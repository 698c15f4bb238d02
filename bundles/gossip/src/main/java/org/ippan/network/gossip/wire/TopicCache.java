// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import org.ippan.network.api.Topic;
import org.ippan.network.api.peers.ProtocolException;

/** The topics a link used last, so that a topic is decoded, checked and allocated once and not for each message. */
public final class TopicCache {

    private static final int SIZE = 32;

    private final Topic[] topics = new Topic[SIZE];

    /** The topic spelt by these bytes. */
    public Topic at(ByteBuffer body, int offset, int length) throws ProtocolException {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + body.get(offset + i);
        }
        int place = (hash ^ hash >>> 16) & SIZE - 1;
        Topic topic = topics[place];
        if (topic == null || !topic.equalsBytes(body, offset, length)) {
            byte[] utf8 = new byte[length];
            body.get(offset, utf8);
            topic = decoded(utf8);
            topics[place] = topic;
        }
        return topic;
    }

    private static Topic decoded(byte[] utf8) throws ProtocolException {
        try {
            return Topic.decode(utf8);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("a topic that is no strict UTF-8 or has control characters");
        }
    }
}
