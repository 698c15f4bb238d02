// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.ippan.network.api.dedup.MessageDeduplicator;

/**
 * What came by one link in one go, as far as it is not taken in: of many messages at once each step is cheaper, as the
 * processor waits for memory once. Links use one after another, so that there are about as many as threads that read.
 * One thread at a time.
 */
final class Arrivals {

    /** Enough to make what is done once for all of them cheap. */
    private static final int MOST = 256;
    private static final int BYTES = 64 * 1024;
    /** A longer body is not worth a copy. */
    private static final int LONG = 16 * 1024;

    private final Arrival[] messages = new Arrival[MOST];
    private final byte[] data = new byte[BYTES];
    private final ByteBuffer[] views = new ByteBuffer[MOST];
    private int count;
    private int used;
    /** Ids to ask the deduplicator for, whose they are, and its answers. */
    final long[] ids = new long[MessageDeduplicator.ID_WORDS * MOST];
    final Arrival[] open = new Arrival[MOST];
    final boolean[] fresh = new boolean[MOST];

    /** Those that no link uses just now: asked once for all that is read in one go. Safe for any thread. */
    static final class Pool {

        private final ArrayDeque<Arrivals> idle = new ArrayDeque<>();

        synchronized Arrivals take() {
            Arrivals arrivals = idle.poll();
            return arrivals == null ? new Arrivals() : arrivals;
        }

        synchronized void giveBack(Arrivals empty) {
            idle.push(empty);
        }
    }

    private Arrivals() {
        for (int i = 0; i < MOST; i++) {
            messages[i] = new Arrival();
            views[i] = ByteBuffer.wrap(data);
        }
    }

    int count() {
        return count;
    }

    Arrival get(int index) {
        return messages[index];
    }

    /** What the next message is to be read into; it counts once it was kept or lent. */
    Arrival next() {
        return messages[count];
    }

    /** Whether the next body can be kept until others have come. */
    boolean keeps(int length) {
        return length <= LONG;
    }

    /** Whether the next body has room beside those before it. */
    boolean hasRoom(int length) {
        return used + length <= BYTES;
    }

    boolean isFull() {
        return count == MOST;
    }

    /** Keeps the body of the next message. */
    void keep(ByteBuffer body) {
        int length = body.remaining();
        body.get(body.position(), data, used, length);
        Arrival arrival = messages[count];
        arrival.header.payloadOffset += used - body.position();
        arrival.body = views[count].limit(used + length).position(used);
        used += length;
        count++;
    }

    /** Takes the body of the next message as it is: valid only until it is taken in, which has to be done now. */
    void lend(ByteBuffer body) {
        messages[count].body = body;
        count++;
    }

    /** All were taken in. */
    void clear() {
        for (int i = 0; i < count; i++) {
            messages[i].body = null;
        }
        count = 0;
        used = 0;
    }
}
