// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.callback.CallbackThreads;

/** One thread ends faults in time, and is there only while they are made; others tell listeners of events. */
final class ChaosThreads {

    private static final long IDLE_SECONDS = 5;
    private static final int MAX_CALLBACKS = 4;

    final ScheduledThreadPoolExecutor timer = new TimerThreads("ippan-chaos-timer", IDLE_SECONDS);
    final CallbackThreads callbacks = new CallbackThreads("ippan-chaos-events", MAX_CALLBACKS);

    void stop() {
        timer.shutdownNow();
        callbacks.stop();
    }
}
