// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import org.ippan.network.gossip.wire.MessageHeader;

/**
 * The first stage: the id of each message, of its payload as it was published. Of those that come from their publisher
 * it is noted that they came.
 */
final class Hashing implements Stage {

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        for (int i = from; i < to; i++) {
            Arrival arrival = arrivals.sound[i];
            MessageHeader header = arrival.header;
            hash(in, arrival);
            arrival.numbered = header.hops == 0 && !header.solicited;
            if (arrival.numbered) {
                in.tree.level.came(header.priority, header.number, arrival.id.word0());
            }
        }
    }

    static void hash(Inbound in, Arrival arrival) {
        MessageHeader header = arrival.header;
        if (header.codec == 0) {
            ByteBuffer body = arrival.body;
            int start = body.position();
            in.hasher.hash(header.topic, header.nonce, body.position(header.payloadOffset), arrival.id);
            body.position(start);
        } else {
            in.hasher.hash(header.topic, header.nonce, in.raw(header.rawLength), arrival.id);
        }
    }
}
