// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.callback.CallbackThreads;

/** The one thread of this bundle. */
final class ReputationThreads {

    private static final int MAX_CALLBACKS = 16;

    private ReputationThreads() {
    }

    /** Decay, decisions made by time, telling of decisions, saving. */
    static ScheduledExecutorService timer() {
        return new TimerThreads("ippan-reputation-timer");
    }

    /** Tell listeners of events. */
    static CallbackThreads callbacks() {
        return new CallbackThreads("ippan-reputation-events", MAX_CALLBACKS);
    }
}
