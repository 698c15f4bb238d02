// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.leak;

import java.lang.management.ManagementFactory;

/** What of the heap is in use. */
public final class LiveHeap {

    /** Of the serial collector only each fourth leaves no gaps behind ({@code MarkSweepAlwaysCompactCount}). */
    private static final int COLLECTIONS = 4;

    private LiveHeap() {
    }

    /** Bytes of all that can be reached, after full collections. */
    public static long bytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
