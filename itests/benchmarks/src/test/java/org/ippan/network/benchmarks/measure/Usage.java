// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What this process has used so far. Bytes are those of the threads that are alive: what one that ended allocated is
 * not in it.
 *
 * @param cpuNanos processor time, collections and compilation included
 * @param allocated bytes allocated on the heap
 */
public record Usage(long cpuNanos, long allocated) {

    /**
     * Reads it.
     *
     * @return as of now
     */
    public static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(allocated -> allocated > 0).sum();
        return new Usage(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(),
                bytes);
    }
}
