// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Watches the collector of this process: the longest collection, and the most that one left. Safe for any thread. */
public final class Collections {

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final AtomicLong longestMillis = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();

    /** Watches from now on. */
    public Collections() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // Newer JDKs count the work beside the application as well, which the application does not wait for.
            if (collector instanceof NotificationEmitter emitter && !collector.getName().contains("Concurrent")) {
                emitter.addNotificationListener((notification, handback) -> take(notification), null, null);
            }
        }
    }

    private void take(Notification notification) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()).getGcInfo();
            longestMillis.accumulateAndGet(info.getDuration(), Math::max);
            peakBytes.accumulateAndGet(heap(info.getMemoryUsageAfterGc()), Math::max);
        }
    }

    private long heap(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream().filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed()).sum();
    }

    /** Forgets what was. */
    public void reset() {
        longestMillis.set(0);
        peakBytes.set(0);
    }

    /**
     * The longest since {@link #reset}.
     *
     * @return milliseconds, which is as exactly as the JVM tells
     */
    public long longestMillis() {
        return longestMillis.get();
    }

    /**
     * The most that was on the heap after a collection since {@link #reset}.
     *
     * @return bytes, garbage of the old generation included
     */
    public long peakBytes() {
        return peakBytes.get();
    }

    /**
     * Collects everything.
     *
     * @return bytes that are alive
     */
    public static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
