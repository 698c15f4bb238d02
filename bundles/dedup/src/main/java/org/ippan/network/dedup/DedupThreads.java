// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.ippan.network.api.TimerThreads;

/** The one thread of this bundle. */
final class DedupThreads {

    private DedupThreads() {
    }

    /** A scheduler with the thread {@code ippan-dedup-timer}; the caller shuts it down. */
    static ScheduledThreadPoolExecutor timer() {
        return new TimerThreads("ippan-dedup-timer");
    }
}
