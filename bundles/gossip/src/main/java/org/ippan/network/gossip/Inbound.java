// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What a link needs to take messages in, reused for each. Confined to the link's I/O thread; while reading is paused
 * nobody uses it there, and the relay may go on with what was set aside.
 */
final class Inbound {

    final MessageHasher hasher;
    final TopicCache topics = new TopicCache();
    final MessageHeader header = new MessageHeader();
    final IdKey probe = new IdKey();
    /** Messages there was no room for: the one that came, and any that still came after reading was paused. */
    final ArrayDeque<Aside> aside = new ArrayDeque<>();
    /** Messages it brought that were known, since it brought one that was not. */
    int duplicatesInARow;
    /** Whether reading is paused for want of room. */
    volatile boolean paused;

    /** A body that waits for room. */
    record Aside(ByteBuffer body, boolean solicited) {
    }

    Inbound(byte[] networkTag) {
        this.hasher = new MessageHasher(networkTag);
    }
}
