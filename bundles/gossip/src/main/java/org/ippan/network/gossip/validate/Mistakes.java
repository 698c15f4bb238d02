// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.gossip.model.GossipContext;

/** Tells what is wrong with one validator until it goes; then that is forgotten, also what is just told. Any thread. */
final class Mistakes {

    private final GossipContext context;
    private final Supplier<Registration> registration;
    private volatile boolean gone;

    Mistakes(GossipContext context, Supplier<Registration> registration) {
        this.context = context;
        this.registration = registration;
    }

    void tell(BiConsumer<CallbackFaults, Subject> what) {
        Subject subject = registration.get().subject();
        what.accept(context.faults(), subject);
        if (gone) {
            context.faults().forget(subject);
        }
    }

    /** The validator has gone; it is forgotten next. */
    void end() {
        gone = true;
    }
}
