// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finds entries by the ids of their messages. Each stripe is a table of buckets of eight places, one cache line each; a
 * place whose segment is gone is free, as zero is from the beginning, so that nothing is ever taken out. An entry
 * stands in one of two buckets, and goes to the other when a new one finds both of its own full: so a table is filled
 * well, and stays in the processor's cache. The other bucket follows from the tag that stands before the place (Fan and
 * others, "Cuckoo Filter", 2014). Ids are hashed with a secret: peers choose them. What is rare at first and common
 * later, when the first segments go, is computed instead of branched on: the compiler would leave it out, and compile
 * all that calls this anew. Safe for any thread: finding takes no lock, and may miss an entry that just moves; those
 * who add meet only in one of 64 stripes.
 */
public final class EntryIndex {

    private static final int STRIPES = 64;
    private static final int STRIPE_SHIFT = 58;
    private static final int BUCKET = 8;
    private static final int FIRST_BUCKETS = 8;
    private static final int TAG_SHIFT = 48;
    /** Spreads tags over all bits of a number of a bucket. */
    private static final int SPREAD = 0x9E37_79B1;
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
        int first = Stripe.home(table, hash);
        int second = Stripe.other(table, first, hash);
        // Not only where they begin: the heap aligns to 8 bytes, and a bucket lies in two lines.
        return table[first] ^ table[first + BUCKET - 1] ^ table[second] ^ table[second + BUCKET - 1];
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

        private static int home(long[] places, long hash) {
            return ((int) (hash >>> 16) & places.length / BUCKET - 1) * BUCKET;
        }

        /** The other bucket of what may stand in one, by the low bits of its hash: of either the other is the other. */
        private static int other(long[] places, int bucket, long tag) {
            return bucket ^ (((int) (tag & 0xFFFF) * SPREAD >>> 16 | 1) & places.length / BUCKET - 1) * BUCKET;
        }

        boolean find(long hash, long word0, long word1, long word2, long word3, Found found) {
            long[] table = places;
            int first = home(table, hash);
            return find(table, first, hash & 0xFFFF, word0, word1, word2, word3, found)
                    || find(table, other(table, first, hash), hash & 0xFFFF, word0, word1, word2, word3, found);
        }

        private boolean find(long[] table, int bucket, long tag, long word0, long word1, long word2, long word3,
                Found found) {
            for (int i = bucket; i < bucket + BUCKET; i++) {
                // Read as it is: whether the entry may be read its segment says, when it is pinned.
                long tagged = table[i];
                if (tagged >>> TAG_SHIFT == tag && space.staleBits(tagged) == 0
                        && isAt(tagged & Place.BITS, word0, word1, word2, word3, found)) {
                    return true;
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
            long tagged = hash << TAG_SHIFT | place;
            int first = home(table, hash);
            int second = other(table, first, hash);
            return putIn(table, first, tagged) || putIn(table, second, tagged)
                    || makeRoom(table, first) && putIn(table, first, tagged)
                    || makeRoom(table, second) && putIn(table, second, tagged);
        }

        private boolean putIn(long[] table, int bucket, long tagged) {
            for (int i = bucket; i < bucket + BUCKET; i++) {
                if (space.staleBits(table[i]) != 0) {
                    PLACE.setRelease(table, i, tagged);
                    return true;
                }
            }
            return false;
        }

        /** Has one entry of a full bucket stand in its other one, if that has room. */
        private boolean makeRoom(long[] table, int bucket) {
            for (int i = bucket; i < bucket + BUCKET; i++) {
                if (putIn(table, other(table, bucket, table[i] >>> TAG_SHIFT), table[i])) {
                    PLACE.setRelease(table, i, 0L);
                    return true;
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
