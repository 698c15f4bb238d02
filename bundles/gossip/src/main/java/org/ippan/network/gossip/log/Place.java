// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

/**
 * Where an entry stands, in 48 bits: the generation and the number of its segment, and its place in it. A number is
 * used again when its segment is gone; the generation tells the old segment from the new one. The 16 bits above are the
 * index's own.
 */
final class Place {

    /** Most entries in a segment. */
    static final int MAX_ENTRIES = 1 << 12;
    /** Most segments at a time. */
    static final int MAX_SEGMENTS = 1 << 20;
    static final long BITS = (1L << 48) - 1;

    private static final int ENTRY_BITS = 12;
    private static final int GENERATION_SHIFT = 32;
    private static final int GENERATION_MASK = 0xFFFF;

    private Place() {
    }

    /** The place of an entry in the segment of a number. */
    static long of(int generation, int segment, int entry) {
        return (generation & (long) GENERATION_MASK) << GENERATION_SHIFT | (long) segment << ENTRY_BITS | entry;
    }

    static int entry(long place) {
        return (int) place & MAX_ENTRIES - 1;
    }

    static int number(long place) {
        return (int) (place >>> ENTRY_BITS) & MAX_SEGMENTS - 1;
    }

    /** The generation after one; never 0 in a place, so that the place 0 is of no segment. */
    static int generationAfter(int generation) {
        int next = generation + 1 & GENERATION_MASK;
        return next == 0 ? 1 : next;
    }

    /** By how much, anyhow, a place's generation and another differ; 0 if they are the same. */
    static int differs(long place, int generation) {
        return ((int) (place >>> GENERATION_SHIFT) ^ generation) & GENERATION_MASK;
    }

    /** Whether it is in the segment of its number that has this generation. */
    static boolean isOf(long place, int generation) {
        return differs(place, generation) == 0;
    }
}
