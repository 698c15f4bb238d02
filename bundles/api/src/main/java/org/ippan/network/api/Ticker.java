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

    /** {@return the time now, in nanoseconds from an arbitrary origin} */
    long nanos();

    /** {@return the clock of this machine: a ticker over {@link System#nanoTime()}} */
    static Ticker system() {
        return System::nanoTime;
    }
}
