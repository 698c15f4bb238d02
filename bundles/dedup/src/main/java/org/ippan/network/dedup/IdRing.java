// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.ippan.network.api.dedup.MessageDeduplicator.ID_WORDS;

/**
 * Ids by the position of their arrival, four words each, in chunks that are made as ids arrive and given back as they
 * are forgotten; one spare chunk is kept, so that a full ring allocates nothing. Positions count up for ever; those
 * of the ids in the ring are known by their lowest bits too. Thread rule as of {@link SlotTable}.
 */
final class IdRing {

    /** 256 ids: 8 KiB, little enough to waste even with a capacity of 10 000. */
    private static final int CHUNK_BITS = 8;
    private static final int CHUNK_IDS = 1 << CHUNK_BITS;

    private static final int MIN_DIRECTORY = 16;
    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int CHUNK_BYTES = ARRAY_HEADER_BYTES + CHUNK_IDS * ID_WORDS * Long.BYTES;
    private static final int REFERENCE_BYTES = 4;

    /** Chunks by their number modulo its length, a power of two. */
    private long[][] directory = new long[MIN_DIRECTORY][];
    private long[] spare;
    private int made;

    /** Numbers of the first chunk and of the one behind the last. */
    private long first;
    private long end;

    private static int index(long number, long[][] directory) {
        return (int) number & directory.length - 1;
    }

    private static long[] chunk(long[][] directory, long position) {
        return directory[index(position >>> CHUNK_BITS, directory)];
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

    /** Writes the next id. */
    void put(long position, long word0, long word1, long word2, long word3) {
        long[] chunk = chunk(directory, position);
        if (chunk == null || (position & CHUNK_IDS - 1) == 0) {
            chunk = begin(position >>> CHUNK_BITS);
        }
        int at = offset(position);
        chunk[at] = word0;
        chunk[at + 1] = word1;
        chunk[at + 2] = word2;
        chunk[at + 3] = word3;
    }

    /** The chunk with this number, nothing of which is written yet. */
    private long[] begin(long number) {
        while (number - first >= directory.length) {
            resize(2 * directory.length);
        }
        end = number + 1;
        int index = index(number, directory);
        if (spare == null) {
            spare = new long[CHUNK_IDS * ID_WORDS];
            made++;
        }
        directory[index] = spare;
        spare = null;
        return directory[index];
    }

    private void resize(int length) {
        long[][] resized = new long[length][];
        for (long number = first; number < end; number++) {
            resized[index(number, resized)] = directory[index(number, directory)];
        }
        directory = resized;
    }

    /** Gives back up to this many chunks that hold no id from {@code floor} on; false if there was none. */
    boolean giveBack(int chunks, long floor) {
        long stop = Math.min(floor >>> CHUNK_BITS, first + chunks);
        boolean some = first < stop;
        while (first < stop) {
            int index = index(first, directory);
            if (spare == null) {
                spare = directory[index];
            } else {
                made--;
            }
            directory[index] = null;
            first++;
        }
        if (some && directory.length > MIN_DIRECTORY && end - first < directory.length / 8) {
            resize(directory.length / 2);
        }
        return some;
    }

    /** Gives back everything; the next id comes at this position. */
    void clear(long head) {
        directory = new long[MIN_DIRECTORY][];
        spare = null;
        made = 0;
        first = head >>> CHUNK_BITS;
        end = first;
    }

    long bytes() {
        return (long) made * CHUNK_BYTES + ARRAY_HEADER_BYTES + (long) directory.length * REFERENCE_BYTES;
    }
}
