// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener, and the log, what changed; a listener that throws harms neither the others nor the core. */
final class HealthEvents implements Consumer<NetworkEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(HealthEvents.class);

    private final List<NetworkEventListener> listeners = new CopyOnWriteArrayList<>();

    void add(NetworkEventListener listener) {
        listeners.add(listener);
    }

    void remove(NetworkEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void accept(NetworkEvent event) {
        LOG.info("{}", event.text());
        for (NetworkEventListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | LinkageError e) { // the latter from a bundle that is being updated
                LOG.warn("a listener of events failed: {}", listener.getClass().getName(), e);
            }
        }
    }
}
