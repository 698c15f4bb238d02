// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;

/** The threads of management: one looks, a few tell listeners, who may block them, and go when nothing is told. */
final class ManagementThreads {

    /** So many listeners may block at once before the others are told no more. */
    private static final int TELLING = 16;
    private static final int MOST_LISTENERS = 1024;
    private static final long IDLE_SECONDS = 10;

    final ScheduledExecutorService timer = new TimerThreads("ippan-management-timer");
    final ThreadPoolExecutor events = new ThreadPoolExecutor(TELLING, TELLING, IDLE_SECONDS, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_LISTENERS), TimerThreads.named("ippan-management-events"));

    ManagementThreads() {
        events.allowCoreThreadTimeOut(true);
    }

    void stop() {
        timer.shutdownNow();
        Uninterrupted.end(events);
    }
}
