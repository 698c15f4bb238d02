// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

/** Knows the threads that are inside a listener just now. */
public final class Callback {

    private static final ThreadLocal<Boolean> RUNNING = new ThreadLocal<>();

    private Callback() {
    }

    static void begin() {
        RUNNING.set(Boolean.TRUE);
    }

    static void end() {
        RUNNING.remove();
    }

    /** Whether the current thread is inside a listener. */
    public static boolean isRunning() {
        return RUNNING.get() != null;
    }
}
