// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The {@link NetworkEventListener}s there are, for a bundle that decides. One that throws harms neither the others nor
 * the bundle. Safe for any thread.
 */
public final class EventListeners implements Consumer<NetworkEvent> {

    private final List<NetworkEventListener> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<String> log;
    private final BiConsumer<String, Throwable> failed;

    /**
     * Nobody yet.
     *
     * @param log is told of each event's text, say {@code LOG::info}
     * @param failed is told of a listener that threw, say {@code LOG::warn}
     */
    public EventListeners(Consumer<String> log, BiConsumer<String, Throwable> failed) {
        this.log = log;
        this.failed = failed;
    }

    /**
     * A listener came.
     *
     * @param listener from now on told of everything
     */
    public void add(NetworkEventListener listener) {
        listeners.add(listener);
    }

    /**
     * A listener went.
     *
     * @param listener told of nothing any more
     */
    public void remove(NetworkEventListener listener) {
        listeners.remove(listener);
    }

    /** Tells the log and every listener. */
    @Override
    public void accept(NetworkEvent event) {
        log.accept(event.text());
        for (NetworkEventListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | LinkageError e) { // the latter from a bundle that is being updated
                failed.accept(listener.getClass().getName() + " threw on " + event.type(), e);
            }
        }
    }
}
