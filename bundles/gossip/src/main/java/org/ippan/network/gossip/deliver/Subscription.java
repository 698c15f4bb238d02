// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Overflow;

/**
 * What a listener registered with.
 *
 * @param name shown to operators
 * @param topics names or patterns; without any it gets nothing
 * @param capacity of its queue; 0 for the configured one
 * @param overflow its rule; null for the configured one
 */
public record Subscription(String name, List<String> topics, int capacity, Overflow overflow) {

    private static final int MAX_QUEUE = 1_000_000;

    /** Reads service properties; what cannot be read counts as not stated. */
    public static Subscription of(String name, Map<String, ?> properties) {
        return new Subscription(name, texts(properties.get(GossipListener.TOPIC)),
                capacity(properties.get(GossipListener.QUEUE)), overflow(properties.get(GossipListener.OVERFLOW)));
    }

    /** A property that is one text or several. */
    public static List<String> texts(Object property) {
        if (property instanceof Object[] several) {
            return Arrays.stream(several).map(String::valueOf).toList();
        }
        if (property instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return property == null ? List.of() : List.of(property.toString());
    }

    private static int capacity(Object property) {
        try {
            int capacity = property == null ? 0 : Integer.parseInt(property.toString().trim());
            return capacity >= 1 && capacity <= MAX_QUEUE ? capacity : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Overflow overflow(Object property) {
        String word = property == null ? "" : property.toString().trim().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Overflow.values()).filter(each -> each.name().equals(word)).findFirst().orElse(null);
    }
}
