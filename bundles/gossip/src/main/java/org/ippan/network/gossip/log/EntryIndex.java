// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finds entries by the ids of their messages. Each stripe is a table of buckets of eight places, one cache line each; a
 * place whose segment is gone is free, as zero is from the beginning, so that nothing is ever taken out. Ids are hashed
 * with a secret: peers choose them. What is rare at first and common later, when the first segments go, is computed
 * instead of branched on: the compiler would leave it out, and compile all that calls this anew. Safe for any
 * thread: finding takes no lock, those who add meet only in one of 64 stripes.
 */
public final class EntryIndex {

    private static final int STRIPES = 64;
    private static final int STRIPE_SHIFT = 58;
    private static final int BUCKET = 8;
    /** Buckets an entry may stand in. */
    private static final int REACH = 2;
    private static final int FIRST_BUCKETS = 8;
    private static final int TAG_SHIFT = 48;
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(long[].class);

    private final LogSpace space;
    private final long secret;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /**
     * An empty index.
     *
     * @param space where the entries are
     * @param secret any number, of which no peer knows
     */
    public EntryIndex(LogSpace space, long secret) {
        this.space = space;
        this.secret = secret | 1;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    private long hash(long word0, long word1) {
        long mixed = (word0 ^ secret) * 0x9E37_79B9_7F4A_7C15L ^ word1 * secret;
        return (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
    }

    /** Finds the message of an id, and pins its segment. False if it is in no log. */
    public boolean find(long word0, long word1, long word2, long word3, Found found) {
        long hash = hash(word0, word1);
        return stripes[(int) (hash >>> STRIPE_SHIFT)].find(hash, word0, word1, word2, word3, found);
    }

    /**
     * Has the buckets of an id brought into the processor's cache, so that several are waited for at once.
     *
     * @return anything, that must not be ignored: else nothing is read
     */
    public long touch(long word0, long word1) {
        long hash = hash(word0, word1);
        long[] table = stripes[(int) (hash >>> STRIPE_SHIFT)].places;
        int last = Stripe.bucket(table, hash, REACH - 1);
        // Not only where they begin: the heap aligns to 8 bytes, and a bucket lies in two lines.
        return table[Stripe.bucket(table, hash, 0)] ^ table[last] ^ table[last + BUCKET - 1];
    }

    /** Notes where a message is. */
    public void add(long word0, long word1, long place) {
        long hash = hash(word0, word1);
        stripes[(int) (hash >>> STRIPE_SHIFT)].add(hash, place);
    }

    /** An entry that was found; its segment is pinned until it is let go. Used again. */
    public static final class Found {

        private Segment segment;
        private int entry;

        /** Pins a segment if it has the message of this id at an index. */
        private boolean pin(Segment at, int index, long word0, long word1, long word2, long word3) {
            if (at == null || !at.pin()) {
                return false;
            }
            if (index >= at.count() || !at.is(index, word0, word1, word2, word3)) {
                at.unpin();
                return false;
            }
            segment = at;
            entry = index;
            return true;
        }

        /** The segment it is in. */
        public Segment segment() {
            return segment;
        }

        /** Its index there. */
        public int entry() {
            return entry;
        }

        /** Lets the segment go. */
        public void unpin() {
            segment.unpin();
            segment = null;
        }
    }

    private final class Stripe {

        /** Read without the lock: what it leads to is compared whole. */
        private volatile long[] places = new long[FIRST_BUCKETS * BUCKET];

        private static int bucket(long[] places, long hash, int which) {
            int buckets = places.length / BUCKET;
            return ((int) (hash >>> 16) + which & buckets - 1) * BUCKET;
        }

        boolean find(long hash, long word0, long word1, long word2, long word3, Found found) {
            long[] table = places;
            long tag = hash & 0xFFFF;
            for (int b = 0; b < REACH; b++) {
                int at = bucket(table, hash, b);
                for (int i = at; i < at + BUCKET; i++) {
                    // Read as it is: whether the entry may be read its segment says, when it is pinned.
                    long tagged = table[i];
                    if (tagged >>> TAG_SHIFT == tag && space.staleBits(tagged) == 0
                            && isAt(tagged & Place.BITS, word0, word1, word2, word3, found)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean isAt(long place, long word0, long word1, long word2, long word3, Found found) {
            return found.pin(space.at(place), Place.entry(place), word0, word1, word2, word3);
        }

        synchronized void add(long hash, long place) {
            while (!put(places, hash, place)) {
                grow();
            }
        }

        private boolean put(long[] table, long hash, long place) {
            for (int b = 0; b < REACH; b++) {
                int at = bucket(table, hash, b);
                for (int i = at; i < at + BUCKET; i++) {
                    if (space.staleBits(table[i]) != 0) {
                        PLACE.setRelease(table, i, (hash & 0xFFFF) << TAG_SHIFT | place);
                        return true;
                    }
                }
            }
            return false;
        }

        private void grow() {
            long[] old = places;
            long[] larger = new long[2 * old.length];
            for (long tagged : old) {
                Segment segment = space.staleBits(tagged) == 0 ? space.at(tagged & Place.BITS) : null;
                if (segment != null && segment.pin()) {
                    int entry = Place.entry(tagged);
                    long hash = hash(segment.word(entry, 0), segment.word(entry, 1));
                    segment.unpin();
                    // One that finds no place is left out, and can only be announced anew: where so many hashes are
                    // equal, doubling again would be no help.
                    put(larger, hash, tagged & Place.BITS);
                }
            }
            places = larger;
        }
    }
}
