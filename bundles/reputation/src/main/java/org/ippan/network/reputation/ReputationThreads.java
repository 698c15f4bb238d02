// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The one thread of this bundle. */
final class ReputationThreads {

    private ReputationThreads() {
    }

    /** Decay, decisions made by time, telling of decisions, saving. */
    static ScheduledExecutorService timer() {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ippan-reputation-timer");
            thread.setDaemon(true);
            return thread;
        });
    }
}
