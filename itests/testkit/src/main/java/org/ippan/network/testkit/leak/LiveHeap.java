// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.leak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** What of the heap is in use. */
public final class LiveHeap {

    /** Of the serial collector only each fourth leaves no gaps behind ({@code MarkSweepAlwaysCompactCount}). */
    private static final int COLLECTIONS = 4;

    private LiveHeap() {
    }

    /**
     * Bytes of all that can be reached, as a full collection leaves them. What is in use afterwards would not do: that
     * counts a stretch of a MiB or two for each thread that has allocated anything since.
     */
    public static long bytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
