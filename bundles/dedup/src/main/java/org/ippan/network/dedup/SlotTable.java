// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.Arrays;

/**
 * A table of one long per slot, in buckets of the size of a cache line. An entry is, from the top: one bit that is
 * always set, 32 bits of the hash, 31 bits of the ring position; 0 is an empty slot. An entry is live while its
 * position is among the remembered ones; nothing is ever taken out, as a dead entry is overwritten like an empty slot.
 *
 * <p>A bucket keeps its entries newest first. A new entry moves the others one slot on and the oldest falls out: most
 * often it is dead; if not, it goes on to the next bucket, and takes its place by age there. So whatever went past a
 * bucket is older than all that the bucket holds, and a search ends at the first dead entry. However many ids meet in
 * one bucket, all are found; the secret of {@link KeyedHash} keeps the search short.
 *
 * <p>Positions count modulo 2^31, so a dead entry may look live again after that many ids. It is harmless: ids are
 * compared whole at the position, and until it looks dead again it is an entry like others, ordered by age.
 *
 * <p>An entry's home is its hash scaled to the number of buckets, so that tables of any size hold their entries in
 * about the same order: that is what lets {@link IdIndex} move from one to another a slice at a time. The last bucket
 * has others behind it as they are needed. Slots come in chunks, made when first written; a missing chunk is empty.
 *
 * <p>One thread changes it at a time. Readers may race with that: they get nonsense, but no exception and no endless
 * loop.
 */
final class SlotTable {

    /** 64 bytes. The heap aligns to 8, so that a bucket lies in two neighbouring lines, which are read at once. */
    static final int BUCKET_SLOTS = 8;

    private static final int POSITION_BITS = 31;
    private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;
    private static final int HASH_BITS = Long.SIZE - 1 - POSITION_BITS;
    private static final long HASH_MASK = (1L << HASH_BITS) - 1;

    /** 1024 slots: 8 KiB, zeroed in less than a microsecond. */
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;

    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int CHUNK_BYTES = ARRAY_HEADER_BYTES + CHUNK_SLOTS * Long.BYTES;
    private static final int REFERENCE_BYTES = 4;

    private final int buckets;
    private long[][] chunks;
    private int made;

    /** A table of this many home slots, which make whole buckets. */
    SlotTable(int homes) {
        this.buckets = homes / BUCKET_SLOTS;
        this.chunks = new long[(homes + CHUNK_SLOTS - 1) / CHUNK_SLOTS][];
    }

    /** What an entry has besides the position. */
    static long tag(long hash) {
        return Long.MIN_VALUE | hash >>> 1 & ~POSITION_MASK;
    }

    static long entry(long tag, long position) {
        return tag | position & POSITION_MASK;
    }

    static long position(long entry) {
        return entry & POSITION_MASK;
    }

    /** How many ids came after this one, where {@code head} is the position of the next; of an empty slot, no fewer. */
    static long age(long entry, long head) {
        return entry == 0 ? POSITION_MASK : head - 1 - entry & POSITION_MASK;
    }

    int homes() {
        return buckets * BUCKET_SLOTS;
    }

    /** One behind the last slot. */
    int end() {
        return chunks.length << CHUNK_BITS;
    }

    /** The first slot of an entry's bucket. */
    int home(long entry) {
        return (int) ((entry >>> POSITION_BITS & HASH_MASK) * buckets >>> HASH_BITS) * BUCKET_SLOTS;
    }

    long get(int slot) {
        long[] chunk = chunkOf(slot);
        return chunk == null ? 0 : chunk[slot & CHUNK_SLOTS - 1];
    }

    private long[] chunkOf(int slot) {
        long[][] all = chunks;
        int index = slot >>> CHUNK_BITS;
        return index < all.length ? all[index] : null;
    }

    /** Loads a bucket into the processor's cache, without waiting for it if the result is not looked at. */
    long touch(int home) {
        long[] chunk = chunkOf(home);
        int first = home & CHUNK_SLOTS - 1;
        return chunk == null ? 0 : chunk[first] | chunk[first + BUCKET_SLOTS - 1];
    }

    /** The first slot from this one on with the given tag, or -1 if one comes first that is not among the newest. */
    int seek(long tag, int from, long head, int newest) {
        int offset = from & CHUNK_SLOTS - 1;
        for (int slot = from; ; slot += CHUNK_SLOTS) {
            long[] chunk = chunkOf(slot);
            if (chunk == null) {
                return -1;
            }
            for (int i = offset; i < CHUNK_SLOTS; i++) {
                long entry = chunk[i];
                if (age(entry, head) >= newest) {
                    return -1;
                }
                if ((entry ^ tag) >>> POSITION_BITS == 0) {
                    return (slot & -CHUNK_SLOTS) + i;
                }
            }
            offset = 0;
        }
    }

    /** Adds an entry, where so many of the newest are live. */
    void put(long entry, long head, int live) {
        long carried = entry;
        for (int slot = home(entry); age(carried, head) < live; slot += BUCKET_SLOTS) {
            carried = push(slot, carried, head, live);
        }
    }

    /** Puts an entry in its place by age in a bucket. Returns the dead entry it overwrote, or the one that fell out. */
    private long push(int bucket, long entry, long head, int live) {
        long[] chunk = makeChunkOf(bucket);
        int first = bucket & CHUNK_SLOTS - 1;
        long carried = entry;
        long age = age(carried, head);
        for (int i = first; i < first + BUCKET_SLOTS && age < live; i++) {
            long there = chunk[i];
            long olderBy = age(there, head) - age;
            if (olderBy > 0) {
                chunk[i] = carried;
                carried = there;
                age += olderBy;
            }
        }
        return carried;
    }

    private long[] makeChunkOf(int slot) {
        int index = slot >>> CHUNK_BITS;
        if (index >= chunks.length) {
            chunks = Arrays.copyOf(chunks, index + 1);
        }
        if (chunks[index] == null) {
            chunks[index] = new long[CHUNK_SLOTS];
            made++;
        }
        return chunks[index];
    }

    /** Copies what is live of a bucket. Returns whether it was full, so that others may have gone past it. */
    boolean copy(int bucket, SlotTable to, long head, int live) {
        for (int slot = bucket; slot < bucket + BUCKET_SLOTS; slot++) {
            long entry = get(slot);
            if (age(entry, head) >= live) {
                return false;
            }
            to.put(entry, head, live);
        }
        return true;
    }

    /** Gives the chunk of this slot back, with all its entries. */
    void dropChunkOf(int slot) {
        if (chunks[slot >>> CHUNK_BITS] != null) {
            chunks[slot >>> CHUNK_BITS] = null;
            made--;
        }
    }

    /** The next slot that is the first of its chunk. */
    static int nextChunk(int slot) {
        return (slot >>> CHUNK_BITS) + 1 << CHUNK_BITS;
    }

    boolean hasChunkOf(int slot) {
        return chunkOf(slot) != null;
    }

    long bytes() {
        return (long) made * CHUNK_BYTES + ARRAY_HEADER_BYTES + (long) chunks.length * REFERENCE_BYTES;
    }
}
