// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.zstd;

import java.nio.ByteBuffer;

/**
 * Where a zstd frame ends, found by its header and those of its blocks (RFC 8878 §3.1.1), without looking into them:
 * the library itself passes over frames that follow, and over skippable ones. Stateless.
 */
final class ZstdFrame {

    /** Not a frame, or not all of one. */
    static final int NONE = -1;

    private static final int MAGIC = 0xFD2FB528;
    private static final int SHORTEST = 9;
    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int RLE = 1;
    private static final int RESERVED = 3;

    private ZstdFrame() {
    }

    /** Bytes of the frame that begins at the buffer's position, or {@link #NONE}. */
    static int length(ByteBuffer bytes) {
        int start = bytes.position();
        int end = bytes.limit();
        if (end - start < SHORTEST || littleEndian(bytes, start, 4) != MAGIC) {
            return NONE;
        }
        int descriptor = bytes.get(start + 4) & 0xFF;
        boolean singleSegment = (descriptor & 0x20) != 0;
        int sizeBytes = descriptor >>> 6 == 0 && !singleSegment ? 0 : 1 << (descriptor >>> 6);
        long at = start + 5L + (singleSegment ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3] + sizeBytes;
        boolean last = false;
        while (!last) {
            if (at + BLOCK_HEADER > end) {
                return NONE;
            }
            int header = littleEndian(bytes, (int) at, BLOCK_HEADER);
            last = (header & 1) != 0;
            int type = header >>> 1 & 3;
            if (type == RESERVED) {
                return NONE;
            }
            at += BLOCK_HEADER + (type == RLE ? 1 : header >>> 3);
        }
        at += (descriptor & 4) != 0 ? CHECKSUM : 0;
        return at > end ? NONE : (int) at - start;
    }

    private static int littleEndian(ByteBuffer bytes, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes.get(at + i) & 0xFF) << 8 * i;
        }
        return value;
    }
}
