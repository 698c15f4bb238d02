// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * When gossip takes frames: not before all its references are bound, since what came in before would be judged and
 * not heard, and not before there is a deduplicator; from then on until it ends. Safe for any thread.
 */
final class HandlerGate {

    private final BooleanSupplier deduplicates;
    private final Supplier<Runnable> register;
    private Runnable unregister;
    private boolean bound;

    /**
     * A closed gate.
     *
     * @param deduplicates whether there is a deduplicator
     * @param register offers the handler to the peers; gives what takes it back
     */
    HandlerGate(BooleanSupplier deduplicates, Supplier<Runnable> register) {
        this.deduplicates = deduplicates;
        this.register = register;
    }

    /** Every reference is bound. */
    synchronized void bound() {
        bound = true;
        deduplicatorCame();
    }

    synchronized void deduplicatorCame() {
        if (bound && unregister == null && deduplicates.getAsBoolean()) {
            unregister = register.get();
        }
    }

    /** Takes no frames any more, for good. */
    synchronized void close() {
        bound = false;
        if (unregister != null) {
            unregister.run();
        }
    }
}
