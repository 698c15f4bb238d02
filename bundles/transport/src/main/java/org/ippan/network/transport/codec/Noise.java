// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

/**
 * Recognises payloads that look random (encrypted, hashed, compressed already) by a look at 512 of their bytes, which
 * costs a small part of trying to compress them. Looking first is the idea of btrfs ({@code fs/btrfs/compression.c});
 * the measure is the number of different values in windows of 64 bytes: 57 on average in random ones, seldom over 45 in
 * texts and records, 64 in counters, which compress well. Stateless.
 */
final class Noise {

    private static final int WINDOW = Long.SIZE;
    private static final int WINDOWS = 8;
    /** What bytes of which one in ten could be saved do not reach, and random ones (mean 454, deviation 6.5) do. */
    private static final int AT_LEAST = WINDOWS * 53;
    /** What random bytes do not exceed. */
    private static final int AT_MOST = WINDOWS * 60;

    private Noise() {
    }

    /** Whether compressing is not worth trying. */
    static boolean is(byte[] bytes) {
        if (bytes.length < WINDOW * WINDOWS) {
            return false;
        }
        int different = 0;
        int stride = (bytes.length - WINDOW) / (WINDOWS - 1);
        for (int i = 0; i < WINDOWS; i++) {
            different += different(bytes, i * stride);
        }
        return different >= AT_LEAST && different <= AT_MOST;
    }

    /** Different values in one window: a bit for each of the 256 there are. */
    private static int different(byte[] bytes, int from) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int i = from; i < from + WINDOW; i++) {
            long bit = 1L << bytes[i];
            switch (bytes[i] >>> 6 & 3) {
                case 0 -> first |= bit;
                case 1 -> second |= bit;
                case 2 -> third |= bit;
                default -> fourth |= bit;
            }
        }
        return Long.bitCount(first) + Long.bitCount(second) + Long.bitCount(third) + Long.bitCount(fourth);
    }
}
