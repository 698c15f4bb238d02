// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;

/** The fields of a GOSSIP body, reused for each frame of a link so that a duplicate allocates nothing. */
public final class MessageHeader {

    /** Whether it came because it was asked for; its frame says so, and a request is outstanding. */
    public boolean solicited;

    public int hops;
    public Priority priority;
    public int codec;
    public int rawLength;
    /** Unsigned 32 bits. */
    public long ageMillis;
    public long nonce;
    /** Counted up by the publisher in each priority; of use only where it came from there. */
    public long number;
    public Topic topic;
    /** Whether a {@link Seal} stands before the payload. */
    public boolean sealed;
    /** Whether that was found to be genuine. */
    public boolean genuine;
    /** The seal of a message that is kept apart from its frame; null if it has none. */
    public byte[] seal;
    /** Absolute index of the payload in the body's buffer. */
    public int payloadOffset;
    /** Bytes of the payload as it was sent. */
    public int payloadLength;

    /** Bytes of payload that are held once it is taken in: both forms of a compressed one. */
    public int heldLength() {
        return codec == 0 ? rawLength : rawLength + payloadLength;
    }
}
