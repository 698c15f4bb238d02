// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Threads for the code of applications.
 *
 * @param executor runs tasks, later if all threads are busy; refuses them only when the node stops
 * @param crowded whether tasks wait for a thread: one that could go on and on lets them have its own then
 */
public record Callbacks(Executor executor, BooleanSupplier crowded) {

    /** Runs what may be held up by the code of an application; here if the node has stopped. */
    public void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            // There is no thread left to spare.
            task.run();
        }
    }

    /** Whether tasks wait for a thread. */
    public boolean isCrowded() {
        return crowded.getAsBoolean();
    }
}
