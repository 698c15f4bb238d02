// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.Said;
import org.ippan.network.api.callback.ServiceKeys;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Overflow;

/**
 * What a listener or a validator registered with.
 *
 * @param topics names or patterns
 * @param capacity of a listener's queue; 0 for the configured one
 * @param overflow its rule; null for the configured one
 */
public record Subscription(List<String> topics, int capacity, Overflow overflow) {

    private static final int MAX_QUEUE = 1_000_000;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String TOPIC_RULE = "must be a topic's name (1 to " + Topic.MAX_LENGTH + " bytes without"
            + " control characters), prefix/* or *, as a text or a list of texts";

    /**
     * Reads the service properties of a listener.
     *
     * @throws IllegalArgumentException if any breaks its rule, naming each with its value and the rule
     */
    public static Subscription ofListener(Map<String, ?> properties) {
        return of(properties, GossipListener.QUEUE, GossipListener.OVERFLOW);
    }

    /**
     * Reads the service properties of a validator, which has topics only.
     *
     * @throws IllegalArgumentException if they break their rule, naming value and rule
     */
    public static Subscription ofValidator(Map<String, ?> properties) {
        return of(properties, "", "");
    }

    private static Subscription of(Map<String, ?> properties, String queue, String overflow) {
        List<String> wrong = new ArrayList<>();
        Object topics = properties.get(GossipListener.TOPIC);
        if (topics == null) {
            String instead = ServiceKeys.insteadOf(GossipListener.TOPIC, properties)
                    .map(key -> " (was " + key + " meant?)").orElse("");
            wrong.add(GossipListener.TOPIC + " is missing" + instead + ": " + TOPIC_RULE);
        }
        Subscription read = new Subscription(topics == null ? List.of() : topics(topics, wrong),
                capacity(properties.get(queue), wrong), overflow(properties.get(overflow), wrong));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return read;
    }

    private static void refuse(List<String> wrong, String key, Object value, String rule) {
        String text = shown(value);
        wrong.add(key + (text.isEmpty() ? " is empty" : " = " + text) + ": " + rule);
    }

    /** Topics as operators read them, right or wrong. */
    public static String shown(Object property) {
        return listed(property).stream().map(Said::text).collect(Collectors.joining(", "));
    }

    private static Collection<?> listed(Object property) {
        if (property != null && property.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(property)).mapToObj(i -> Array.get(property, i)).toList();
        }
        try {
            return property instanceof Collection<?> several ? new ArrayList<>(several)
                    : property == null ? List.of() : List.of(property);
        } catch (RuntimeException | StackOverflowError e) {
            // A collection of the application's own, which fails.
            return List.of(property);
        }
    }

    /** Names and patterns, which are one text or several. */
    private static List<String> topics(Object property, List<String> wrong) {
        Collection<?> several = listed(property);
        List<String> topics = new ArrayList<>();
        for (Object each : several) {
            if (each instanceof String text && Topic.isPattern(text)) {
                topics.add(text);
            }
        }
        if (topics.isEmpty() || topics.size() < several.size()) {
            refuse(wrong, GossipListener.TOPIC, property, TOPIC_RULE);
        }
        return topics;
    }

    /** The value of a property, which may be the only one of a list; empty if there are none or several. */
    private static String single(Object property) {
        Collection<?> several = listed(property);
        return several.size() == 1 ? Said.text(several.iterator().next()).trim() : "";
    }

    private static int capacity(Object property, List<String> wrong) {
        if (property == null) {
            return 0;
        }
        String text = single(property);
        if (WHOLE_NUMBER.matcher(text).matches()) {
            int capacity = Integer.parseInt(text);
            if (capacity >= 1 && capacity <= MAX_QUEUE) {
                return capacity;
            }
        }
        refuse(wrong, GossipListener.QUEUE, property, "must be one whole number from 1 to " + MAX_QUEUE);
        return 0;
    }

    private static Overflow overflow(Object property, List<String> wrong) {
        if (property == null) {
            return null;
        }
        String word = single(property).toUpperCase(Locale.ROOT).replace('-', '_');
        for (Overflow each : Overflow.values()) {
            if (each.name().equals(word)) {
                return each;
            }
        }
        refuse(wrong, GossipListener.OVERFLOW, property, "must be one of block, drop-oldest, drop-newest");
        return null;
    }
}
