// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.ippan.network.api.dedup.MessageDeduplicator;

/**
 * What came by one link in one go, until it is taken in: each step is cheaper for many messages at once, as the
 * processor waits for memory once. Links use one after another, so that there are about as many as threads that read.
 * One thread at a time.
 */
final class Arrivals {

    /** More than is read in one go, so that a part is hardly ever taken in before. */
    private static final int BYTES = 128 * 1024;
    private static final int MOST = 512;
    /** A longer body is not worth a copy. */
    private static final int LONG = 16 * 1024;

    private final byte[] data = new byte[BYTES];
    private final Arrival[] messages = new Arrival[MOST];
    private final ByteBuffer[] views = new ByteBuffer[MOST];
    private int count;
    private int used;
    private int examined;

    /** Those that passed the first checks. */
    final Arrival[] sound = new Arrival[MOST];
    int soundCount;
    long soundBytes;
    /** Only there to be written: what was read beforehand to have it near is else not read at all. */
    long touched;
    /** Ids to ask the deduplicator for, whose they are, and its answers. */
    final long[] ids = new long[MessageDeduplicator.ID_WORDS * MOST];
    final Arrival[] open = new Arrival[MOST];
    int openCount;
    final boolean[] fresh = new boolean[MOST];

    /** Those that no link uses just now: asked once for all that is read in one go. Safe for any thread. */
    static final class Pool {

        private final ArrayDeque<Arrivals> idle = new ArrayDeque<>();

        synchronized Arrivals take() {
            Arrivals arrivals = idle.poll();
            return arrivals == null ? new Arrivals() : arrivals;
        }

        /** What it holds is given up: if a service threw, that must not be taken for what comes by another link. */
        synchronized void giveBack(Arrivals used) {
            used.clear();
            idle.push(used);
        }
    }

    private Arrivals() {
        for (int i = 0; i < MOST; i++) {
            messages[i] = new Arrival();
            views[i] = ByteBuffer.wrap(data);
        }
    }

    /** Copies a body. False if it is long, or if there is no room beside those that came before it. */
    boolean keep(ByteBuffer body, boolean solicited) {
        int length = body.remaining();
        if (count == MOST || length > LONG || used + length > BYTES) {
            return false;
        }
        body.get(body.position(), data, used, length);
        add(views[count].limit(used + length).position(used), solicited);
        used += length;
        return true;
    }

    /** Takes a body as it is, where there are no others: it has to be taken in at once. */
    void lend(ByteBuffer body, boolean solicited) {
        add(body, solicited);
    }

    private void add(ByteBuffer body, boolean solicited) {
        Arrival arrival = messages[count++];
        arrival.body = body;
        arrival.header.solicited = solicited;
    }

    /** The next that nothing is known of, or null. */
    Arrival examine() {
        return examined == count ? null : messages[examined++];
    }

    /** It passed the first checks. */
    void sound(Arrival arrival) {
        sound[soundCount++] = arrival;
        soundBytes += arrival.header.heldLength();
    }

    /** Those that passed the first checks were taken in. */
    void decided() {
        soundCount = 0;
        soundBytes = 0;
    }

    /** All were taken in, or given up. */
    void clear() {
        for (int i = 0; i < count; i++) {
            messages[i].body = null;
            messages[i].listeners = null;
        }
        count = 0;
        used = 0;
        examined = 0;
        decided();
    }
}
