// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

/**
 * What arrays take of the heap. The collector G1 divides small heaps into regions of 1 MiB, and gives an array of half
 * a region or more whole regions of its own: a message of 1 MiB with its head takes two. Stateless.
 */
public final class HeapArrays {

    private static final long REGION = 1 << 20;
    private static final long HEADER = 16;

    private HeapArrays() {
    }

    /**
     * What an array of bytes takes.
     *
     * @param length its length
     * @return bytes of the heap, without the header of short ones
     */
    public static long taken(long length) {
        return length + HEADER < REGION / 2 ? length : (length + HEADER + REGION - 1) / REGION * REGION;
    }
}
