// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/**
 * Ids by the position of their arrival, four words each, in chunks that are made as ids arrive and given back as they
 * are forgotten; one spare chunk is kept, so that a full ring allocates nothing. Positions count up for ever and are
 * known by their lowest {@link SlotTable#POSITION_BITS} bits. Thread rule as of {@link SlotTable}.
 */
final class IdRing {

    /** 256 ids: 8 KiB, little enough to waste even with a capacity of 10 000. */
    private static final int CHUNK_BITS = 8;
    private static final int CHUNK_IDS = 1 << CHUNK_BITS;
    private static final int ID_WORDS = 4;

    private static final int MIN_DIRECTORY = 16;
    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int CHUNK_BYTES = ARRAY_HEADER_BYTES + CHUNK_IDS * ID_WORDS * Long.BYTES;
    private static final int REFERENCE_BYTES = 4;

    /** Chunks by their number modulo its length, a power of two. */
    private long[][] directory = new long[MIN_DIRECTORY][];
    private long[] spare;
    private int made;

    private static long[] chunk(long[][] directory, long position) {
        return directory[(int) (position >>> CHUNK_BITS) & directory.length - 1];
    }

    private static int offset(long position) {
        return ((int) position & CHUNK_IDS - 1) * ID_WORDS;
    }

    boolean holds(long position, long word0, long word1, long word2, long word3) {
        long[] chunk = chunk(directory, position);
        int at = offset(position);
        return chunk != null && chunk[at] == word0 && chunk[at + 1] == word1
                && chunk[at + 2] == word2 && chunk[at + 3] == word3;
    }

    long hash(long position, KeyedHash hash) {
        long[] chunk = chunk(directory, position);
        int at = offset(position);
        return hash.of(chunk[at], chunk[at + 1], chunk[at + 2], chunk[at + 3]);
    }

    /** Writes the next id; the ring holds those from {@code tail} to it. */
    void put(long position, long tail, long word0, long word1, long word2, long word3) {
        long[] chunk = chunk(directory, position);
        if (chunk == null || (position & CHUNK_IDS - 1) == 0) {
            chunk = begin(position, tail);
        }
        int at = offset(position);
        chunk[at] = word0;
        chunk[at + 1] = word1;
        chunk[at + 2] = word2;
        chunk[at + 3] = word3;
    }

    /** The chunk for this position, the first one in it that is written. */
    private long[] begin(long position, long tail) {
        while ((position >>> CHUNK_BITS) - (tail >>> CHUNK_BITS) >= directory.length) {
            resize(2 * directory.length, tail, position);
        }
        int index = (int) (position >>> CHUNK_BITS) & directory.length - 1;
        if (directory[index] == null) {
            if (spare == null) {
                spare = new long[CHUNK_IDS * ID_WORDS];
                made++;
            }
            directory[index] = spare;
            spare = null;
        }
        return directory[index];
    }

    private void resize(int length, long tail, long head) {
        long[][] resized = new long[length][];
        for (long chunk = tail >>> CHUNK_BITS; chunk <= head - 1 >>> CHUNK_BITS; chunk++) {
            resized[(int) chunk & length - 1] = directory[(int) chunk & directory.length - 1];
        }
        directory = resized;
    }

    /** The id before {@code tail} was forgotten: its chunk is given back if it was the last one in it. */
    void forgetBefore(long tail, long head) {
        if ((tail & CHUNK_IDS - 1) != 0) {
            return;
        }
        int index = (int) (tail - 1 >>> CHUNK_BITS) & directory.length - 1;
        if (spare == null) {
            spare = directory[index];
        } else {
            made--;
        }
        directory[index] = null;
        if (directory.length > MIN_DIRECTORY && (head - tail >>> CHUNK_BITS) < directory.length / 8) {
            resize(directory.length / 2, tail, head);
        }
    }

    void clear() {
        directory = new long[MIN_DIRECTORY][];
        spare = null;
        made = 0;
    }

    long bytes() {
        return (long) made * CHUNK_BYTES + ARRAY_HEADER_BYTES + (long) directory.length * REFERENCE_BYTES;
    }
}
