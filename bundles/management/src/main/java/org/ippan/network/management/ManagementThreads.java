// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackThreads;

/** The threads of management: one looks, others tell listeners, who may block them, and go when nothing is told. */
final class ManagementThreads {

    /** Where all of them hang in listeners, more take their place. */
    private static final int TELLING = 16;

    final ScheduledExecutorService timer = new TimerThreads("ippan-management-timer");
    final CallbackThreads events = new CallbackThreads("ippan-management-events", TELLING);

    void stop() {
        timer.shutdownNow();
        Uninterrupted.end(events);
    }
}
