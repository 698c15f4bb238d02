// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.typed.TypedListener;

/** Listeners that want objects: each is one of gossip's while there is a format for its type. Safe for any thread. */
final class TypedListeners {

    private static final String OURS = "ippan.";

    private final Formats formats;
    private final Registrar registrar;
    private final Consumer<String> log;
    private final Map<Object, Entry> entries = new HashMap<>();

    /** Registers listeners of gossip. */
    @FunctionalInterface
    interface Registrar {

        Registered register(GossipListener listener, Map<String, Object> properties);
    }

    /** A listener that gossip has. */
    interface Registered {

        void change(Map<String, Object> properties);

        void end();
    }

    /** A listener as it was brought; what gossip has of it, or null. */
    private static final class Entry {

        private final TypedListener<?> listener;
        private Map<String, Object> properties;
        private Registered registered;

        Entry(TypedListener<?> listener, Map<String, Object> properties) {
            this.listener = listener;
            this.properties = properties;
        }
    }

    /**
     * No listeners.
     *
     * @param log is told of listeners that wait for a format
     */
    TypedListeners(Formats formats, Registrar registrar, Consumer<String> log) {
        this.formats = formats;
        this.registrar = registrar;
        this.log = log;
    }

    /** A listener came, or has other properties: what waits for it stays. */
    synchronized void put(TypedListener<?> listener, Map<String, ?> properties) {
        Entry entry = entries.computeIfAbsent(Ranked.id(listener, properties),
                id -> new Entry(listener, own(properties)));
        entry.properties = own(properties);
        if (entry.registered != null) {
            entry.registered.change(entry.properties);
        } else if (formats.knows(listener.type())) {
            entry.registered = register(entry);
        } else {
            log.accept("Listener waits for a format: register a PayloadFormat of its type as a service; listener="
                    + listener.getClass().getName() + " type=" + listener.type().getName());
        }
    }

    /** A listener went. */
    synchronized void remove(TypedListener<?> listener, Map<String, ?> properties) {
        Entry gone = entries.remove(Ranked.id(listener, properties));
        if (gone != null && gone.registered != null) {
            gone.registered.end();
        }
    }

    /** A format came or went. */
    synchronized void review() {
        for (Entry entry : entries.values()) {
            boolean wanted = formats.knows(entry.listener.type());
            if (wanted && entry.registered == null) {
                entry.registered = register(entry);
            } else if (!wanted && entry.registered != null) {
                entry.registered.end();
                entry.registered = null;
            }
        }
    }

    private Registered register(Entry entry) {
        return registrar.register(new TypedDelivery<>(entry.listener, formats), entry.properties);
    }

    private static Map<String, Object> own(Map<String, ?> properties) {
        Map<String, Object> own = new HashMap<>(properties);
        own.keySet().removeIf(key -> !key.startsWith(OURS));
        return own;
    }
}
