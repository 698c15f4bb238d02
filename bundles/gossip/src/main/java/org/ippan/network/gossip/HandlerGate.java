// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * When gossip takes frames: not before all its references are bound, since what came in before would be judged and
 * not heard, and not before there is a deduplicator; from then on until it ends, but not while a setting forbids it.
 * Safe for any thread.
 */
final class HandlerGate {

    private final BooleanSupplier deduplicates;
    private final Supplier<Runnable> register;
    private Runnable unregister;
    private boolean bound;
    private boolean serves = true;
    /** There was a deduplicator. */
    private boolean ready;

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
        look();
    }

    synchronized void deduplicatorCame() {
        look();
    }

    /** Takes frames, as far as nothing else forbids it, or takes none. */
    synchronized void serve(boolean on) {
        serves = on;
        look();
    }

    /** Takes no frames any more, for good. */
    synchronized void close() {
        bound = false;
        look();
    }

    private void look() {
        ready |= deduplicates.getAsBoolean();
        boolean open = bound && serves && ready;
        if (open && unregister == null) {
            unregister = register.get();
        } else if (!open && unregister != null) {
            unregister.run();
            unregister = null;
        }
    }
}
