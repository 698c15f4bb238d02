// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Topic;

/**
 * Computes ids: SHA-256("ippan-msg/1" ‖ networkTag ‖ topicLen ‖ topic ‖ nonce ‖ payload). Reuses its digest and
 * buffers: one thread at a time.
 */
public final class MessageHasher {

    private static final byte[] PREFIX = "ippan-msg/1".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest;
    private final byte[] tag;
    private final ByteBuffer head;
    private final byte[] hash = new byte[MessageId.LENGTH];
    private final ByteBuffer words = ByteBuffer.wrap(hash);

    /** Hashes for one network. */
    public MessageHasher(byte[] networkTag) {
        this.tag = networkTag.clone();
        this.head = ByteBuffer.allocate(PREFIX.length + tag.length + 1 + Topic.MAX_LENGTH + Long.BYTES);
        head.put(PREFIX).put(tag).mark();
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether it hashes for this network. */
    public boolean isFor(byte[] networkTag) {
        return MessageDigest.isEqual(tag, networkTag);
    }

    /** The id of a message; the payload from position to limit is consumed. */
    public void hash(Topic topic, long nonce, ByteBuffer payload, IdKey result) {
        begin(topic, nonce);
        digest.update(payload);
        end(result);
    }

    /** The id of a message. */
    public void hash(Topic topic, long nonce, byte[] payload, IdKey result) {
        begin(topic, nonce);
        digest.update(payload);
        end(result);
    }

    private void begin(Topic topic, long nonce) {
        head.reset();
        head.put((byte) topic.length());
        topic.put(head);
        head.putLong(nonce);
        digest.update(head.array(), 0, head.position());
    }

    private void end(IdKey result) {
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are enough for SHA-256", e);
        }
        result.set(words.getLong(0), words.getLong(8), words.getLong(16), words.getLong(24));
    }
}
