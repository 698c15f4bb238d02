// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has something done soon, once for all that ask for it meanwhile. Safe for any thread. */
final class Soon {

    private static final long MILLIS = 100;

    private final ScheduledExecutorService timer;
    private final Runnable action;
    private final AtomicBoolean due = new AtomicBoolean();

    Soon(ScheduledExecutorService timer, Runnable action) {
        this.timer = timer;
        this.action = action;
    }

    void ask() {
        if (due.compareAndSet(false, true)) {
            try {
                timer.schedule(this::carryOut, MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The bundle stops: no reader is left for what would be done.
                due.set(false);
            }
        }
    }

    private void carryOut() {
        due.set(false);
        action.run();
    }
}
