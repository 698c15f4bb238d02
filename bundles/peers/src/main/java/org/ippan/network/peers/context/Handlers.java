// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.peers.ProtocolHandler;

/** The protocol handlers that registered. One that cannot say what it takes costs no other its frames. Any thread. */
public final class Handlers {

    private final Ranked<Routing.Offer> handlers = new Ranked<>();
    private final CallbackFaults faults;
    private final Consumer<Routing> told;

    /**
     * None yet.
     *
     * @param faults is told of handlers that fail
     * @param told is given what is true of all of them after each change, one after the other
     */
    public Handlers(CallbackFaults faults, Consumer<Routing> told) {
        this.faults = faults;
        this.told = told;
    }

    /** A handler came, or has another ranking. */
    public void put(ProtocolHandler handler, Map<String, ?> properties) {
        Object id = Ranked.id(handler, properties);
        Subject subject = subject(handler, id);
        faults.forget(subject);
        faults.misspelt(subject, properties);
        try {
            // No lock is held: it may hang here, and is asked this once, as it may fail another time.
            Routing.Offer offer = Routing.Offer.of(handler);
            Routing.among(List.of(offer)).maxMessageBytes();
            handlers.put(id, offer, properties, this::tell);
        } catch (Throwable e) {
            // The application's mistake, whatever it is.
            faults.lasting(subject, CallbackProblem.DISMISSED, e);
            handlers.remove(id, this::tell);
        }
    }

    /** A handler went. */
    public void remove(ProtocolHandler handler, Map<String, ?> properties) {
        Object id = Ranked.id(handler, properties);
        faults.forget(subject(handler, id));
        // What it does wrong is its object's mistake, whichever of its registrations it is called for.
        faults.forget(Subject.of(CallbackKind.HANDLER, handler));
        handlers.remove(id, this::tell);
    }

    private void tell(List<Routing.Offer> all) {
        told.accept(Routing.among(all));
    }

    private static Subject subject(ProtocolHandler handler, Object id) {
        return new Subject(CallbackKind.HANDLER, handler.getClass().getName(), "", id);
    }
}
