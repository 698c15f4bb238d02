// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What a link needs to take messages in, reused for each. Confined to the link's I/O thread; while reading is paused
 * nobody uses it there, and the relay may go on with what was set aside.
 */
final class Inbound {

    /** The longest payload that is kept as room for the next: there are many links. */
    private static final int MAX_KEPT = 1 << 16;
    private static final byte[] NOTHING = {};

    final MessageHasher hasher;
    final TopicCache topics = new TopicCache();
    final MessageHeader header = new MessageHeader();
    final IdKey probe = new IdKey();
    /** Takes what is inflated; used again if it turns out to be a duplicate. */
    private byte[] raw = NOTHING;
    /** Messages there was no room for: the one that came, and any that still came after reading was paused. */
    final ArrayDeque<Aside> aside = new ArrayDeque<>();
    /** How many more messages it brought that were known than news; never less than 0. */
    int redundancy;
    /** How much of that it takes to prune it, in multiples of the setting. */
    float patience = 1;
    /** When the peer was last asked to announce because of that. */
    long prunedAt;
    /** Whether reading is paused for want of room. */
    volatile boolean paused;

    /** A body that waits for room. */
    record Aside(ByteBuffer body, boolean solicited) {
    }

    Inbound(byte[] networkTag, long longAgo) {
        this.hasher = new MessageHasher(networkTag);
        this.prunedAt = longAgo;
    }

    /** Room for the payload that is to be inflated, of exactly its length. */
    byte[] raw() {
        if (raw.length != header.rawLength) {
            raw = new byte[header.rawLength];
        }
        return raw;
    }

    /** What was inflated is known already. */
    void keepRaw() {
        if (raw.length > MAX_KEPT) {
            raw = NOTHING;
        }
    }

    /** What came, as it is kept. */
    HeldMessage.Content content(ByteBuffer body) {
        byte[] payload = new byte[header.payloadLength];
        body.get(header.payloadOffset, payload);
        Packed packed = null;
        if (header.codec != 0) {
            packed = new Packed(header.codec, payload);
            payload = raw;
            raw = NOTHING;
        }
        return new HeldMessage.Content(header.topic, payload, packed, header.priority, header.nonce);
    }
}
