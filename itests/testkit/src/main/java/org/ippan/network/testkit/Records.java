// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Snapshots, and services that give them, of which a test states only what it is about. */
public final class Records {

    private static final Map<Class<?>, Object> NOTHING = Map.of(boolean.class, false, int.class, 0, long.class, 0L,
            double.class, 0.0, String.class, "", List.class, List.of(), Map.class, Map.of(),
            Optional.class, Optional.empty(), Duration.class, Duration.ZERO);

    private Records() {
    }

    /**
     * A record.
     *
     * @param type which
     * @param stated components by name; the others are zero, empty, false, or the first constant
     * @return a new one
     */
    public static <R extends Record> R of(Class<R> type, Map<String, ?> stated) {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> unknown = new HashSet<>(stated.keySet());
        Arrays.stream(components).map(RecordComponent::getName).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no " + unknown);
        }
        try {
            return type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)).newInstance(Arrays.stream(components).map(component ->
                            stated.containsKey(component.getName()) ? stated.get(component.getName())
                                    : nothing(component.getType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object nothing(Class<?> type) {
        if (type.isRecord()) {
            return of(type.asSubclass(Record.class), Map.of());
        }
        return type.isEnum() ? type.getEnumConstants()[0] : NOTHING.get(type);
    }

    /**
     * A service.
     *
     * @param type its interface
     * @param answers results by name of method, whatever the arguments; other methods are not to be called
     * @return a stand-in
     */
    public static <S> S service(Class<S> type, Map<String, ?> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("toString")) {
                return "a stand-in for " + type.getSimpleName();
            }
            if (!answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answers.get(method.getName());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
