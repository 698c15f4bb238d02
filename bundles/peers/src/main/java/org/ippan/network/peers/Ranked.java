// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Services that come and go, most important first: by ranking, then the oldest. Safe for any thread. */
final class Ranked<T> {

    private static final String RANKING = "service.ranking";
    private static final String ID = "service.id";

    private final Map<T, Map<String, Object>> services = new IdentityHashMap<>();

    /** Adds one, or takes note of its changed properties; gives all. */
    synchronized List<T> add(T service, Map<String, Object> properties) {
        services.put(service, properties);
        return sorted();
    }

    /** Takes one away; gives the others. */
    synchronized List<T> remove(T service) {
        services.remove(service);
        return sorted();
    }

    private List<T> sorted() {
        return services.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<T, Map<String, Object>> entry) ->
                                entry.getValue().get(RANKING) instanceof Integer ranking ? -ranking : 0)
                        .thenComparingLong(entry -> entry.getValue().get(ID) instanceof Long id ? id : 0))
                .map(Map.Entry::getKey).toList();
    }
}
