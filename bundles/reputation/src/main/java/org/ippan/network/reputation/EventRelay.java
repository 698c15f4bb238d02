// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.slf4j.Logger;

/** Logs each decision and passes it to whoever listens. Safe for any thread. */
final class EventRelay implements Consumer<NetworkEvent> {

    private final Logger log;
    private final List<NetworkEventListener> listeners = new CopyOnWriteArrayList<>();

    EventRelay(Logger log) {
        this.log = log;
    }

    void add(NetworkEventListener listener) {
        listeners.add(listener);
    }

    void remove(NetworkEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void accept(NetworkEvent event) {
        log.info(event.text());
        for (NetworkEventListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                log.warn("a listener failed at \"{}\"", event.text(), e);
            }
        }
    }
}
