// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The two threads of management: one looks, one tells listeners, who may block it and nothing else. */
final class ManagementThreads {

    private static final int MAX_NOTIFICATIONS = 1024;

    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "timer"));
    final ExecutorService events = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_NOTIFICATIONS), task -> daemon(task, "events"));

    private static Thread daemon(Runnable task, String role) {
        Thread thread = new Thread(task, "ippan-management-" + role);
        thread.setDaemon(true);
        return thread;
    }

    void stop() {
        timer.shutdownNow();
        events.shutdownNow();
    }
}
