// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import io.netty.util.concurrent.FastThreadLocal;
import org.ippan.network.api.HeapShare;

/**
 * The array in which a long frame was gathered, kept for the next one that comes by a connection of the same event
 * loop: a new one costs as much to be cleared as to be filled. One for each event loop; it goes with its thread.
 */
final class Spare {

    /** Shorter frames are gathered in arrays of their length: few are, and those are soon dealt with. */
    private static final int LEAST = 16 * 1024;
    /** Longer ones are too rare to keep memory for, and too much of a small heap. */
    private static final long MOST = Math.min(2L << 20, HeapShare.LONG_FRAMES.bytes() / 16);

    private static final FastThreadLocal<byte[]> KEPT = new FastThreadLocal<>();

    private Spare() {
    }

    /**
     * An array in which a frame can be gathered.
     *
     * @param length of the frame
     * @param first how long a new array is, if the spare one does not suffice
     */
    static byte[] array(int length, int first) {
        byte[] kept = length < LEAST ? null : KEPT.getIfExists();
        if (kept == null || kept.length < length) {
            return new byte[first];
        }
        KEPT.remove();
        return kept;
    }

    /** A frame was dealt with; null if it was not gathered. */
    static void keep(byte[] array) {
        if (array != null && array.length >= LEAST && array.length <= MOST) {
            byte[] kept = KEPT.getIfExists();
            if (kept == null || kept.length < array.length) {
                KEPT.set(array);
            }
        }
    }
}
