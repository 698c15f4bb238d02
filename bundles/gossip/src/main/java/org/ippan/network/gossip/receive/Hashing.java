// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import org.ippan.network.gossip.wire.MessageHeader;

/** The first stage: the id of each message, of its payload as it was published. */
final class Hashing implements Stage {

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        for (int i = from; i < to; i++) {
            hash(in, arrivals.sound[i]);
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
