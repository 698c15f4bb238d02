// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;

/** The fields of a GOSSIP body, reused for each frame of a link so that a duplicate allocates nothing. */
final class MessageHeader {

    /** Whether it came because it was asked for; its frame says so, and a request is outstanding. */
    boolean solicited;

    int hops;
    Priority priority;
    int codec;
    int rawLength;
    /** Unsigned 32 bits. */
    long ageMillis;
    long nonce;
    Topic topic;
    /** Absolute index of the payload in the body's buffer. */
    int payloadOffset;
    /** Bytes of the payload as it was sent. */
    int payloadLength;

    /** Bytes of payload that are held once it is taken in: both forms of a compressed one. */
    int heldLength() {
        return codec == 0 ? rawLength : rawLength + payloadLength;
    }
}
