// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ippan.network.api.json.Json;

/**
 * One value of a snapshot, found from the record's type: each component is one, a nested record gives one for each of
 * its parts, a map one for each constant that may be a key. Lists stay whole, as their items are known from values
 * only. Every surface is made of these. Immutable.
 */
public final class Part {

    /** A map of this name is as many values of their own; any other map is one value, broken down. */
    private static final String COUNTERS = "counters";
    /** By the types that stay whole. Kept with the type, as the JDK parses annotations anew for each look at it. */
    private static final ClassValue<Map<List<Class<?>>, List<Part>>> KNOWN = new ClassValue<>() {

        @Override
        protected Map<List<Class<?>>, List<Part>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final List<RecordComponent> path;
    private final Enum<?> key;

    private Part(List<RecordComponent> path, Enum<?> key) {
        this.path = path;
        this.key = key;
    }

    /**
     * {@return the parts of a snapshot, in the order of the components; not to be changed}
     *
     * @param type of the record
     * @param whole types of nested records that stay whole
     */
    public static List<Part> of(Class<? extends Record> type, Class<?>... whole) {
        return KNOWN.get(type).computeIfAbsent(List.of(whole), stay -> {
            List<Part> parts = new ArrayList<>();
            collect(type, List.of(), stay, parts);
            return List.copyOf(parts);
        });
    }

    private static void collect(Class<?> type, List<RecordComponent> outer, List<Class<?>> whole, List<Part> parts) {
        for (RecordComponent component : type.getRecordComponents()) {
            List<RecordComponent> path = new ArrayList<>(outer);
            path.add(component);
            // A type within itself, as in a tree, has parts without end.
            boolean endless = path.stream().anyMatch(each -> each.getDeclaringRecord() == component.getType());
            if (component.getType().isRecord() && !endless && !whole.contains(component.getType())) {
                collect(component.getType(), path, whole, parts);
            } else if (component.getType() == Map.class) {
                keys(component).forEach(key -> parts.add(new Part(path, (Enum<?>) key)));
            } else {
                parts.add(new Part(path, null));
            }
        }
    }

    /** None of a map of an application that has other keys. */
    private static List<?> keys(RecordComponent map) {
        return map.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> keys && keys.isEnum()
                ? List.of(keys.getEnumConstants()) : List.of();
    }

    private RecordComponent last() {
        return path.get(path.size() - 1);
    }

    private Measure measure() {
        return last().getAnnotation(Measure.class);
    }

    /** {@return the names of the components that lead to it, outermost first} */
    public List<String> names() {
        return path.stream().map(RecordComponent::getName).toList();
    }

    /** {@return {@link #names()} without that of a map of counters} */
    public List<String> place() {
        return names().subList(0, path.size() - (isCounter() ? 1 : 0));
    }

    /** {@return its key in a map; null for what is no map} */
    public Enum<?> key() {
        return key;
    }

    /** {@return whether it is a value of its own though it is kept in a map} */
    public boolean isCounter() {
        return key instanceof Described && last().getName().equals(COUNTERS);
    }

    /** {@return whether all components that lead to it have a {@link Measure}} */
    public boolean isDescribed() {
        return path.stream().allMatch(component -> component.isAnnotationPresent(Measure.class));
    }

    /** {@return a sentence for each component that leads to it; that of the key alone for a counter} */
    public String text() {
        return isCounter() ? ((Described) key).description() : path.stream().map(component ->
                component.getAnnotation(Measure.class).value()).collect(Collectors.joining(" "));
    }

    /** {@return in which it is counted, or empty} */
    public String unit() {
        String own = key instanceof Described described ? described.unit() : "";
        return own.isEmpty() && measure() != null ? measure().unit() : own;
    }

    /** {@return whether it only grows} */
    public boolean grows() {
        return measure().counter();
    }

    /** {@return the type of the component; of numbers in a map {@code long}} */
    public Class<?> type() {
        return key == null ? last().getType() : long.class;
    }

    /**
     * {@return its value; null for a key that the map does not have, and where what it is in is null}
     *
     * @param snapshot of the type it was found from
     */
    public Object read(Record snapshot) {
        Object value = snapshot;
        for (RecordComponent component : path) {
            value = value == null ? null : Json.read((Record) value, component);
        }
        return key == null || value == null ? value : ((Map<?, ?>) value).get(key);
    }
}
