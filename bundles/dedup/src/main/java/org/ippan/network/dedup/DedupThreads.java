// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The one thread of this bundle. */
final class DedupThreads {

    private DedupThreads() {
    }

    /** A scheduler with the thread {@code ippan-dedup-timer}; the caller shuts it down. */
    static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ippan-dedup-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
