// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.TimerThreads;

/** The doctor's threads: one looks at counters, a few try addresses and go when there is nothing to try. */
final class DoctorThreads {

    private static final int PROBES = 16;
    private static final int MOST_WAITING = 256;
    private static final long IDLE_SECONDS = 10;

    final ScheduledThreadPoolExecutor timer = new TimerThreads("ippan-doctor-timer");
    final ThreadPoolExecutor probes = pool(PROBES);
    /** For the node's own address, which no name that is not found may hold up. */
    final ThreadPoolExecutor ownProbe = pool(1);

    private static ThreadPoolExecutor pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING), TimerThreads.named("ippan-doctor-probe"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    void stop() {
        timer.shutdownNow();
        probes.shutdownNow();
        ownProbe.shutdownNow();
    }
}
