// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import org.ippan.network.api.callback.CallbackFaults.Subject;

/** Knows the threads that are inside a listener just now. */
public final class Callback {

    private static final ThreadLocal<Subject> RUNNING = new ThreadLocal<>();

    private Callback() {
    }

    static void begin(Subject listener) {
        RUNNING.set(listener);
    }

    /** Its place in the thread is kept: the next message comes soon. */
    static void end() {
        RUNNING.set(null);
    }

    /** The listener that the current thread is inside of; null if it is inside none. */
    public static Subject current() {
        return RUNNING.get();
    }

    /** Whether the current thread is inside a listener. */
    public static boolean isRunning() {
        return current() != null;
    }
}
