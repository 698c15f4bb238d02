// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import org.ippan.network.api.HeapArrays;

/** The memory of a segment, which is pooled: frames as they go on the wire, and columns beside them. */
final class SegmentArrays {

    /** One entry for so many bytes: columns are a good third on top of the bytes then. */
    private static final int BYTES_PER_ENTRY = 128;
    private static final int FEWEST_ENTRIES = 16;
    /** Bytes of all columns for one entry. */
    private static final int COLUMNS = 3 * Integer.BYTES + 5 * Long.BYTES + 1;

    final byte[] data;
    /** Where each entry begins, and where the last one ends. */
    final int[] offset;
    /** When each was zero milliseconds old: milliseconds of the ticker, cut to 32 bits. */
    final int[] born;
    /** When each was appended: microseconds of the ticker, cut to 32 bits. */
    final int[] appended;
    /** Four words each. */
    final long[] ids;
    /** A bit for each of 64 links that is known to have it. */
    final long[] known;
    final byte[] flags;

    /** For many entries. */
    SegmentArrays(int bytes) {
        this(bytes, Math.min(Place.MAX_ENTRIES, Math.max(FEWEST_ENTRIES, bytes / BYTES_PER_ENTRY)));
    }

    private SegmentArrays(int bytes, int entries) {
        data = new byte[bytes];
        offset = new int[entries + 1];
        born = new int[entries];
        appended = new int[entries];
        ids = new long[4 * entries];
        known = new long[entries];
        flags = new byte[entries];
    }

    /** For a body that is longer than a segment: it stands alone. */
    static SegmentArrays alone(int bytes) {
        return new SegmentArrays(bytes, 1);
    }

    boolean isAlone() {
        return entries() == 1;
    }

    int entries() {
        return born.length;
    }

    long size() {
        return HeapArrays.taken(data.length) + (long) COLUMNS * born.length;
    }
}
