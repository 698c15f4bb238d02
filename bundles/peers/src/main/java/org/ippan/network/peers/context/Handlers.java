// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.peers.ProtocolHandler;

/** The protocol handlers that registered. One that cannot say what it takes costs no other its frames. Any thread. */
public final class Handlers {

    private final Ranked<ProtocolHandler> handlers = new Ranked<>();
    private final CallbackFaults faults;

    /** None yet. */
    public Handlers(CallbackFaults faults) {
        this.faults = faults;
    }

    /** A handler came, or has another ranking. */
    public synchronized Routing put(ProtocolHandler handler, Map<String, ?> properties) {
        Object id = Ranked.id(handler, properties);
        Subject subject = subject(handler, id);
        faults.forget(subject);
        faults.misspelt(subject, properties);
        try {
            Routing.of(List.of(handler)).maxMessageBytes();
            handlers.put(id, handler, properties);
        } catch (RuntimeException | Error e) {
            faults.lasting(subject, CallbackProblem.DISMISSED, e.toString(), e);
            handlers.remove(id);
        }
        return Routing.of(handlers.all());
    }

    /** A handler went. */
    public synchronized Routing remove(ProtocolHandler handler, Map<String, ?> properties) {
        Object id = Ranked.id(handler, properties);
        faults.forget(subject(handler, id));
        return Routing.of(handlers.remove(id));
    }

    private static Subject subject(ProtocolHandler handler, Object id) {
        return new Subject(CallbackKind.HANDLER, handler.getClass().getName(), "", id);
    }
}
