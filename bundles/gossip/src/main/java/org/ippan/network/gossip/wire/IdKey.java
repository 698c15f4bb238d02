// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.ippan.network.api.MessageId;

/**
 * The four words of a message id as a key of maps. What is kept under an id extends it, so that a map needs no key
 * object; each link has one of its own to look ids up without allocating. Peers choose ids in what they announce and
 * ask for, so hash codes depend on a secret of the process: maps cannot be filled with ids that collide. They would not
 * help themselves by making trees, as these keys are of several classes. No result may depend on the order of a map.
 */
public class IdKey implements Comparable<IdKey> {

    private static final long SECRET = new SecureRandom().nextLong() | 1;
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private long word0;
    private long word1;
    private long word2;
    private long word3;

    /** The id of no message, to be set. */
    public IdKey() {
    }

    /** A copy. */
    public IdKey(IdKey other) {
        set(other.word0, other.word1, other.word2, other.word3);
    }

    /** The key of an id. */
    public IdKey(MessageId id) {
        set(id);
    }

    /** Only for a key that is in no map. */
    public final void set(long first, long second, long third, long fourth) {
        word0 = first;
        word1 = second;
        word2 = third;
        word3 = fourth;
    }

    /** Only for a key that is in no map. */
    public final void set(MessageId id) {
        set(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /** The first of its four words. */
    public final long word0() {
        return word0;
    }

    /** The second. */
    public final long word1() {
        return word1;
    }

    /** The third. */
    public final long word2() {
        return word2;
    }

    /** The fourth. */
    public final long word3() {
        return word3;
    }

    /** As the API has it. */
    public final MessageId toId() {
        return MessageId.of(word0, word1, word2, word3);
    }

    /** Writes its 32 bytes. */
    public final void put(ByteBuffer target) {
        target.putLong(word0).putLong(word1).putLong(word2).putLong(word3);
    }

    /** Writes its four words. */
    public final void put(long[] target, int offset) {
        target[offset] = word0;
        target[offset + 1] = word1;
        target[offset + 2] = word2;
        target[offset + 3] = word3;
    }

    @Override
    public final int compareTo(IdKey other) {
        int order = Long.compare(word0, other.word0);
        if (order == 0) {
            order = Long.compare(word1, other.word1);
        }
        if (order == 0) {
            order = Long.compare(word2, other.word2);
        }
        return order != 0 ? order : Long.compare(word3, other.word3);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof IdKey that && word0 == that.word0 && word1 == that.word1 && word2 == that.word2
                && word3 == that.word3;
    }

    @Override
    public final int hashCode() {
        long mixed = (word0 ^ SECRET) * ODD ^ word1;
        mixed = (mixed ^ mixed >>> 32) * SECRET ^ word2;
        mixed = (mixed ^ mixed >>> 32) * ODD ^ word3;
        mixed = (mixed ^ mixed >>> 32) * SECRET;
        return (int) (mixed >>> 32);
    }
}
