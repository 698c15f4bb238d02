// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Where the bundle's thread is made. */
final class HealthThreads {

    private HealthThreads() {
    }

    static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ippan-health-timer");
            thread.setDaemon(true);
            return thread;
        });
    }
}
