// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.wire.Neighbourhood.Proof;

/**
 * The ids of a publisher's messages of one priority that came over its link with numbers that leave no gap: the first
 * word of each, of the last ones. Written by the link's I/O thread, read by any. A reader sees by the numbers whether
 * what it read was overwritten meanwhile.
 */
final class Run {

    /** Nothing came yet. */
    static final long NONE = -1;
    /** What is to be said of a fingerprint that a peer told. */
    enum Answer { EQUAL, DIFFERENT, NOT_YET, UNKNOWN }

    private static final int FEWEST = 1024;
    /** Of so many messages one is looked at whether there are too many. */
    private static final int SOME = 128;
    private static final int MOST = 2 * Proof.MOST_IDS;
    /** Part of what is kept that may be untold: a peer that is behind compares it when it got as far. */
    private static final int UNTOLD = 8;
    private static final long UNKNOWN = -1;

    private final Room.Share room;
    /** A power of two of them; the one of a number is at its lowest bits. */
    private volatile long[] words = new long[0];
    private volatile long begin = NONE;
    private final AtomicLong last = new AtomicLong(NONE);
    /** Up to where it was told; written by the reader. */
    private volatile long told = NONE;
    /** What was asked for last, and is for each peer that was told as much before. Of the reader. */
    private Key lastKey;
    private long lastNumber;
    private int lastCount;
    private long lastFingerprint;
    private boolean ended;

    /** Nothing came yet; what is kept beyond the first few takes room. */
    Run(Room.Share room) {
        this.room = room;
    }

    /** The last number that came. */
    long last() {
        return last.get();
    }

    /** The next begins anew behind a number. */
    void begin(long before) {
        if (words.length == 0) {
            words = new long[FEWEST];
        }
        begin = before;
    }

    /** A message came whose id begins with a word. Whether that is soon too much for one fingerprint. */
    boolean add(long number, long word) {
        long[] kept = words;
        kept[(int) number & kept.length - 1] = word;
        last.lazySet(number);
        return (number & SOME - 1) == 0 && isFull(number);
    }

    private boolean isFull(long number) {
        long untold = number - Math.max(told, begin);
        boolean much = untold >= words.length / UNTOLD;
        return much && !grow(number);
    }

    private synchronized boolean grow(long number) {
        int more = words.length * Long.BYTES;
        boolean grows = words.length < MOST && !ended && room.admits(more);
        if (grows) {
            room.take(more);
            words = grown(number);
        }
        return grows;
    }

    /** No more comes. Any thread. */
    synchronized void end() {
        ended = true;
        for (int kept = words.length; kept > FEWEST; kept /= 2) {
            room.giveBack(kept / 2 * Long.BYTES);
        }
    }

    private long[] grown(long number) {
        long[] kept = words;
        long[] more = new long[2 * kept.length];
        for (long each = number - kept.length + 1; each - number <= 0; each++) {
            more[(int) each & more.length - 1] = kept[(int) each & kept.length - 1];
        }
        return more;
    }

    /** Of how many up to a number, at most, a fingerprint can be told. */
    int window(long number) {
        return (int) Math.max(0, Math.min(words.length / 2, number - begin));
    }

    /** The same as {@link #fingerprint}, kept for the next peer. */
    long told(long number, int count, Key key) {
        if (key != lastKey || number != lastNumber || count != lastCount) {
            lastFingerprint = fingerprint(number, count, key);
            lastKey = key;
            lastNumber = number;
            lastCount = count;
        }
        told = number;
        return lastFingerprint;
    }

    /** The fingerprint of so many ids up to a number, or -1 if they are not here. */
    long fingerprint(long number, int count, Key key) {
        long[] kept = words;
        long before = begin;
        long first = number - count + 1;
        if (count <= 0 || number - last.get() > 0 || first - before <= 0 || last.get() - first >= kept.length) {
            return UNKNOWN;
        }
        long fingerprint = 0;
        for (long each = first; each - number <= 0; each++) {
            fingerprint = key.fingerprint(fingerprint, kept[(int) each & kept.length - 1]);
        }
        VarHandle.acquireFence();
        return begin == before && last.get() - first < kept.length ? fingerprint : UNKNOWN;
    }

    /** Whether a peer that told a fingerprint has the same. */
    Answer check(long number, int count, Key key, long fingerprint) {
        if (number - last.get() > 0) {
            return Answer.NOT_YET;
        }
        long mine = fingerprint(number, count, key);
        if (mine == UNKNOWN) {
            return Answer.UNKNOWN;
        }
        return mine == fingerprint ? Answer.EQUAL : Answer.DIFFERENT;
    }
}
