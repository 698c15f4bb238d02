// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.callback.CallbackThreads;

/** Where the bundle's thread is made. */
final class HealthThreads {

    private static final int MAX_CALLBACKS = 16;

    private HealthThreads() {
    }

    static ScheduledExecutorService timer() {
        return new TimerThreads("ippan-health-timer");
    }

    /** Tell listeners of events. */
    static CallbackThreads callbacks() {
        return new CallbackThreads("ippan-health-events", MAX_CALLBACKS);
    }
}
