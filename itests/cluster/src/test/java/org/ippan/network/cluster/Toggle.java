// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;

/**
 * One key and what it is toggled between: its value, and others that do no harm. These are derived where they can be,
 * so that a new key is covered by itself: half and double of a number, the other choices, the other truth value.
 *
 * @param settings of the service
 * @param key its description
 * @param usual the value it has
 * @param others the harmless ones
 */
record Toggle(LiveSettings<?> settings, SettingDescription key, String usual, List<String> others) {

    /**
     * What a key is toggled between.
     *
     * @param settings of the service
     * @param key one of its keys
     * @param named harmless values by {@code bundle:key} where none can be derived: texts, and zeros that mean
     *        something else than a small number
     */
    static Toggle of(LiveSettings<?> settings, SettingDescription key, Map<String, List<String>> named) {
        String name = name(settings, key);
        String usual = settings.displayed().get(key.key());
        List<String> others = named.getOrDefault(name, derived(key, usual).toList()).stream()
                .filter(value -> !value.equals(usual) && settings.check(Map.of(key.key(), value)).isEmpty()).toList();
        if (others.isEmpty()) {
            throw new AssertionError("name a value for " + name + " that does no harm; it is " + usual);
        }
        return new Toggle(settings, key, usual, others);
    }

    /** What takes the key back: an empty secret is refused, leaving it out is not. */
    String back() {
        return key.secret() && usual.isEmpty() ? null : usual;
    }

    private static String name(LiveSettings<?> settings, SettingDescription key) {
        return settings.schema().pid().replace("org.ippan.network.", "").replaceFirst("~.*", "") + ":" + key.key();
    }

    private static Stream<String> derived(SettingDescription key, String usual) {
        if (key.type() == boolean.class) {
            return Stream.of("true", "false");
        }
        if (key.type().isEnum()) {
            return key.choices().stream();
        }
        if (key.type() == String.class || key.type() == String[].class) {
            return Stream.empty();
        }
        BigDecimal two = BigDecimal.valueOf(2);
        BigDecimal number = new BigDecimal(usual);
        BigDecimal half = key.type() == double.class ? number.divide(two)
                : number.divide(two, 0, RoundingMode.DOWN);
        return number.signum() == 0 ? Stream.empty()
                : Stream.of(half.toPlainString(), number.multiply(two).toPlainString());
    }

    /** The value of a round: with several they take turns. */
    String other(int round) {
        return others.get(round % others.size());
    }

    /** Whether the service runs with a value now. */
    boolean isInForce(String value) {
        String now = settings.displayed().get(key.key());
        return value == null ? now.equals(key.display(key.defaultValue()))
                : now.equals(value) || now.equals(key.display(key.parse(value)));
    }

    String pid() {
        return settings.schema().pid();
    }

    /** {@code bundle:key}. */
    String name() {
        return name(settings, key);
    }
}
