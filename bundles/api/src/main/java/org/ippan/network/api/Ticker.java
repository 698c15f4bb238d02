// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Monotonic time in nanoseconds, as {@link System#nanoTime()}: only differences mean anything. Injected wherever time
 * passes, so that tests and simulations own it. Implementations are safe for use by any thread.
 */
@ConsumerType
@FunctionalInterface
public interface Ticker {

    /**
     * The time now.
     *
     * @return nanoseconds from an arbitrary origin
     */
    long nanos();

    /**
     * The clock of this machine.
     *
     * @return a ticker over {@link System#nanoTime()}
     */
    static Ticker system() {
        return System::nanoTime;
    }
}
