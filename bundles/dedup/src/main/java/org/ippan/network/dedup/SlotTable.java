// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/**
 * An open-addressing table of one long per slot, probed linearly. An entry is, from the top: one bit that is always
 * set, 33 bits of the hash, 30 bits of the ring position; 0 is an empty slot. An entry's home is its hash scaled to the
 * number of homes, so that tables of any size hold their entries in about the same order: that is what lets
 * {@link IdIndex} move from one to another a slice at a time. Probing does not wrap around; a tail behind the last home
 * takes what spills over. Slots come in chunks, made when first written; a missing chunk is empty.
 *
 * <p>One thread changes it at a time. Readers may race with that: they get nonsense, but no exception and no endless
 * loop.
 */
final class SlotTable {

    static final int POSITION_BITS = 30;
    static final long POSITION_MASK = (1L << POSITION_BITS) - 1;

    private static final int HASH_BITS = Long.SIZE - 1 - POSITION_BITS;
    private static final long HASH_MASK = (1L << HASH_BITS) - 1;

    /** 1024 slots: 8 KiB, zeroed in less than a microsecond. */
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;

    /** Runs of this length do not happen below a load of 3/4; their probability is far under 10^-60. */
    private static final int TAIL_CHUNKS = 4;

    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int CHUNK_BYTES = ARRAY_HEADER_BYTES + CHUNK_SLOTS * Long.BYTES;
    private static final int REFERENCE_BYTES = 4;

    private final int homes;
    private final long[][] chunks;
    private int made;

    SlotTable(int homes) {
        this.homes = homes;
        this.chunks = new long[(homes + CHUNK_SLOTS - 1 >>> CHUNK_BITS) + TAIL_CHUNKS][];
    }

    /** What an entry has besides the position. */
    static long tag(long hash) {
        return Long.MIN_VALUE | hash >>> 1 & ~POSITION_MASK;
    }

    int homes() {
        return homes;
    }

    /** One behind the last slot. */
    int end() {
        return chunks.length << CHUNK_BITS;
    }

    int home(long entry) {
        return (int) ((entry >>> POSITION_BITS & HASH_MASK) * homes >>> HASH_BITS);
    }

    long get(int slot) {
        long[] chunk = chunks[slot >>> CHUNK_BITS];
        return chunk == null ? 0 : chunk[slot & CHUNK_SLOTS - 1];
    }

    void set(int slot, long entry) {
        long[] chunk = chunks[slot >>> CHUNK_BITS];
        if (chunk == null) {
            chunk = new long[CHUNK_SLOTS];
            chunks[slot >>> CHUNK_BITS] = chunk;
            made++;
        }
        chunk[slot & CHUNK_SLOTS - 1] = entry;
    }

    /** The first slot from this one on with the given tag, or if an empty one comes first, that one's complement. */
    int seek(long tag, int from) {
        int offset = from & CHUNK_SLOTS - 1;
        for (int c = from >>> CHUNK_BITS; c < chunks.length; c++) {
            long[] chunk = chunks[c];
            if (chunk == null) {
                return ~((c << CHUNK_BITS) + offset);
            }
            for (int i = offset; i < chunk.length; i++) {
                long entry = chunk[i];
                if (entry == 0) {
                    return ~((c << CHUNK_BITS) + i);
                }
                if ((entry ^ tag) >>> POSITION_BITS == 0) {
                    return (c << CHUNK_BITS) + i;
                }
            }
            offset = 0;
        }
        return ~end();
    }

    /** Adds an entry; one that is there stays. */
    void put(long entry) {
        int slot = home(entry);
        for (long there = get(slot); there != 0 && there != entry; there = get(slot)) {
            slot++;
        }
        set(slot, entry);
    }

    /** Removes an entry by moving back what was pushed away from its home by it (Knuth, volume 3, 6.4, algorithm R). */
    void remove(long entry) {
        int slot = home(entry);
        for (long there = get(slot); there != entry; there = get(slot)) {
            if (there == 0) {
                return;
            }
            slot++;
        }
        closeGap(slot);
    }

    private void closeGap(int gap) {
        int hole = gap;
        int offset = (hole & CHUNK_SLOTS - 1) + 1;
        for (int c = hole >>> CHUNK_BITS; c < chunks.length && chunks[c] != null; c++) {
            long[] chunk = chunks[c];
            for (int i = offset; i < chunk.length; i++) {
                long there = chunk[i];
                if (there == 0) {
                    set(hole, 0);
                    return;
                }
                if (home(there) <= hole) {
                    set(hole, there);
                    hole = (c << CHUNK_BITS) + i;
                }
            }
            offset = 0;
        }
        set(hole, 0);
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
        return chunks[slot >>> CHUNK_BITS] != null;
    }

    long bytes() {
        return (long) made * CHUNK_BYTES + ARRAY_HEADER_BYTES + (long) chunks.length * REFERENCE_BYTES;
    }
}
