// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process uses from the meter's making on. Of bytes a JVM of today tells only those of threads that are
 * alive: what one allocated that has ended since is not in it.
 */
public final class Meter {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> allocatedBefore = allocated();
    private final long cpuBefore = cpuNanos();

    private Map<Long, Long> allocated() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], Math.max(0, bytes[i]));
        }
        return allocated;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /**
     * Reads it.
     *
     * @return what was used since
     */
    public Usage read() {
        long cpu = cpuNanos() - cpuBefore;
        long bytes = allocated().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - allocatedBefore.getOrDefault(thread.getKey(), 0L)).sum();
        return new Usage(cpu, bytes);
    }
}
