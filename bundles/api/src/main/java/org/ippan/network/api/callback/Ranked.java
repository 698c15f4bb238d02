// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Registrations of one whiteboard, most important first: by ranking, then the oldest. Each is known by the id of its
 * service, not by its object, which may be registered several times. Safe for any thread.
 *
 * @param <T> what is kept for each
 */
public final class Ranked<T> {

    private static final String RANKING = "service.ranking";
    private static final String ID = "service.id";

    private final Map<Object, Entry<T>> entries = new LinkedHashMap<>();

    private record Entry<T>(T value, int ranking, long id) {
    }

    /** No registrations yet. */
    public Ranked() {
    }

    /**
     * What a registration is known by.
     *
     * @param service its object
     * @param properties its service properties
     * @return the id of the service; without one, what tells the object from others
     */
    public static Object id(Object service, Map<String, ?> properties) {
        return properties.get(ID) instanceof Long id ? id : System.identityHashCode(service);
    }

    /**
     * How important a registration is.
     *
     * @param properties its service properties
     * @return its ranking, 0 if it has none
     */
    public static int ranking(Map<String, ?> properties) {
        return properties.get(RANKING) instanceof Integer ranking ? ranking : 0;
    }

    /**
     * Adds a registration, or notes its changed properties.
     *
     * @param id what it is known by
     * @param value what is kept for it
     * @param properties its service properties
     * @return all of them
     */
    public synchronized List<T> put(Object id, T value, Map<String, ?> properties) {
        entries.put(id, new Entry<>(value, ranking(properties), id instanceof Long number ? number : 0));
        return all();
    }

    /**
     * Takes a registration away.
     *
     * @param id what it is known by
     * @return the others
     */
    public synchronized List<T> remove(Object id) {
        entries.remove(id);
        return all();
    }

    /**
     * Adds a registration, or notes its changed properties, and tells of it before any other change is told.
     *
     * @param id what it is known by
     * @param value what is kept for it
     * @param properties its service properties
     * @param told is given all of them, and returns soon
     */
    public synchronized void put(Object id, T value, Map<String, ?> properties, Consumer<List<T>> told) {
        told.accept(put(id, value, properties));
    }

    /**
     * Takes a registration away, and tells of it before any other change is told.
     *
     * @param id what it is known by
     * @param told is given the others, and returns soon
     */
    public synchronized void remove(Object id, Consumer<List<T>> told) {
        told.accept(remove(id));
    }

    /**
     * What is kept for a registration.
     *
     * @param id what it is known by
     * @return its value, or null if there is no such registration
     */
    public synchronized T get(Object id) {
        Entry<T> entry = entries.get(id);
        return entry == null ? null : entry.value();
    }

    /** {@return all registrations, the most important first} */
    public synchronized List<T> all() {
        return entries.values().stream().sorted(Comparator.comparingInt((Entry<T> entry) -> entry.ranking()).reversed()
                .thenComparingLong(Entry::id)).map(Entry::value).toList();
    }
}
