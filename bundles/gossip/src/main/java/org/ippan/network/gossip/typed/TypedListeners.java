// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.gossip.deliver.Subscription;

/**
 * Listeners that want objects: each is one of gossip's while there is a format for its type. One that cannot say what
 * it wants costs no other its objects. Safe for any thread.
 */
final class TypedListeners {

    /** Service properties that the container sets for each registration itself. */
    private static final List<String> CONTAINERS = List.of("service.", "component.", "objectClass", ".");

    private final Formats formats;
    private final Registrar registrar;
    private final Consumer<String> log;
    private final CallbackFaults faults;
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

        private final TypedDelivery<?> delivery;
        private Map<String, Object> properties;
        private Registered registered;

        Entry(TypedDelivery<?> delivery) {
            this.delivery = delivery;
        }
    }

    /**
     * No listeners.
     *
     * @param log is told of listeners that wait for a format
     * @param faults is told of listeners that cannot say what they want
     */
    TypedListeners(Formats formats, Registrar registrar, Consumer<String> log, CallbackFaults faults) {
        this.formats = formats;
        this.registrar = registrar;
        this.log = log;
        this.faults = faults;
    }

    /** A listener came, or has other properties: what waits for it stays. */
    void put(TypedListener<?> listener, Map<String, ?> properties) {
        Object id = Ranked.id(listener, properties);
        // No lock is held where it is asked: it may hang there.
        Entry entry = Optional.ofNullable(known(id)).orElseGet(() -> entry(listener, id));
        if (entry != null) {
            put(id, entry, properties);
        }
    }

    private synchronized Entry known(Object id) {
        return entries.get(id);
    }

    private synchronized void put(Object id, Entry entry, Map<String, ?> properties) {
        entries.put(id, entry);
        entry.properties = own(properties);
        if (entry.registered != null) {
            entry.registered.change(entry.properties);
        } else if (formats.knows(entry.delivery.type())) {
            entry.registered = register(entry);
        } else {
            waits(entry);
        }
    }

    private void waits(Entry entry) {
        log.accept("Listener waits for a format: register a PayloadFormat of its type as a service; listener="
                + entry.delivery.application().getClass().getName() + " type=" + entry.delivery.type().getName());
    }

    /** A listener that came; null if it cannot say what it wants, which is told. */
    private Entry entry(TypedListener<?> listener, Object id) {
        Subject subject = subject(listener, id);
        faults.forget(subject);
        try {
            return new Entry(delivery(listener));
        } catch (Throwable e) {
            // The application's mistake, whatever it is.
            faults.lasting(subject, CallbackProblem.DISMISSED, e);
            return null;
        }
    }

    private <T> TypedDelivery<T> delivery(TypedListener<T> listener) {
        return new TypedDelivery<>(listener, Objects.requireNonNull(listener.type(), "no type"), formats);
    }

    private static Subject subject(TypedListener<?> listener, Object id) {
        return new Subject(CallbackKind.LISTENER, listener.getClass().getName(), "", id);
    }

    /** A listener went. */
    synchronized void remove(TypedListener<?> listener, Map<String, ?> properties) {
        Object id = Ranked.id(listener, properties);
        faults.forget(subject(listener, id));
        Entry gone = entries.remove(id);
        if (gone != null && gone.registered != null) {
            gone.registered.end();
        }
    }

    /** A format came or went. */
    synchronized void review() {
        for (Entry entry : entries.values()) {
            boolean wanted = formats.knows(entry.delivery.type());
            if (wanted && entry.registered == null) {
                entry.registered = register(entry);
            } else if (!wanted && entry.registered != null) {
                entry.registered.end();
                entry.registered = null;
                // From now on it is called no more, which nothing else tells.
                waits(entry);
            }
        }
    }

    /** Those that get nothing, as there is no format for what they want. */
    synchronized List<CallbackFault> unserved() {
        return entries.values().stream().filter(entry -> entry.registered == null).map(entry -> new CallbackFault(
                CallbackKind.LISTENER, entry.delivery.application().getClass().getName(),
                Subscription.shown(entry.properties.get(GossipListener.TOPIC)), CallbackProblem.UNSERVED, 1,
                entry.delivery.type().getName())).toList();
    }

    private Registered register(Entry entry) {
        return registrar.register(entry.delivery, entry.properties);
    }

    /** Misspelt ones too, so that gossip says what was meant. */
    private static Map<String, Object> own(Map<String, ?> properties) {
        Map<String, Object> own = new HashMap<>(properties);
        own.keySet().removeIf(key -> CONTAINERS.stream().anyMatch(key::startsWith));
        return own;
    }
}
