// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.ippan.network.api.Credentials;

/**
 * One configuration key as operators, documents and JMX see it.
 *
 * @param key its name in the configuration
 * @param type {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String}, {@code String[]} or an enum
 * @param defaultValue the value in force where none is configured, of that type
 * @param text what it does, with the effect both ways
 * @param unit unit of the value, or empty
 * @param min least value, or null
 * @param max greatest value, or null
 * @param applies when a change takes effect
 * @param secret never to be shown
 * @param failClosed whether the bundle stops serving while the value is invalid
 * @param guards whether the bundle does not begin to serve while the value is invalid
 */
public record SettingDescription(String key, Class<?> type, Object defaultValue, String text, String unit,
        BigDecimal min, BigDecimal max, Applies applies, boolean secret, boolean failClosed, boolean guards) {

    /** Reading a number takes a time that grows with the square of its length, and none of ours is so long. */
    private static final int LONGEST_NUMBER = 100;

    static SettingDescription of(Method method) {
        Setting setting = method.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(method + " lacks @Setting");
        }
        return new SettingDescription(method.getName(), method.getReturnType(), method.getDefaultValue(),
                setting.text(), setting.unit(), number(setting.min()), number(setting.max()),
                setting.applies(), setting.secret(), setting.failClosed(), setting.guards());
    }

    private static BigDecimal number(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    /**
     * The words an enum setting accepts.
     *
     * @return its constants in lower case with dashes; empty for other types
     */
    public List<String> choices() {
        return type.isEnum() ? Arrays.stream(type.getEnumConstants()).map(constant -> word((Enum<?>) constant)).toList()
                : List.of();
    }

    /** {@return what a value has to look like, for example {@code a whole number from 1 to 86400}} */
    public String rule() {
        if (type.isEnum()) {
            return "one of " + String.join(", ", choices());
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (holdsText()) {
            return type == String[].class ? "a list of texts" : secret ? "a text that is not empty" : "a text";
        }
        String kind = type == double.class ? "a number" : "a whole number";
        return min == null || max == null ? kind : kind + " from " + min.toPlainString() + " to " + max.toPlainString();
    }

    /**
     * Reads a value strictly: trimmed, in range, no unit, no guess. A list of one item stands for the item, except
     * where the value is a text. An empty secret is refused, and so is a placeholder: a variable
     * that is not set must not open anything.
     *
     * @param raw a text, number, boolean, array or collection as Config Admin keeps them
     * @return a value of {@link #type()}
     * @throws SettingException if it breaks the {@link #rule()}, naming key, value and rule
     */
    public Object parse(Object raw) {
        List<String> items = items(raw);
        if (hasMask(raw)) {
            throw new SettingException(List.of(refusal(raw, rule(),
                    "*** stands for what is not shown: write that itself")));
        }
        if (type == String[].class) {
            requireItems(raw, items);
            return list(items);
        }
        if (isList(raw) && (type == String.class || items.size() != 1)) {
            throw refused(raw, rule() + ", not a list of " + items.size() + " values");
        }
        String text = isList(raw) ? items.get(0).trim() : String.valueOf(raw).trim();
        if (secret && text.isEmpty()) {
            throw new SettingException(List.of(new SettingError(key, List.of(), "", "a text",
                    "leave the key out for none")));
        }
        if (secret && Secrets.isPlaceholder(text)) {
            throw new SettingException(List.of(refusal(raw, rule(), "it is a placeholder, whose variable is not set")));
        }
        try {
            return scalar(text);
        } catch (IllegalArgumentException e) {
            throw refused(raw, rule());
        }
    }

    /** Wherever it is written, a list has a comma between two items. */
    private void requireItems(Object raw, List<String> items) {
        String wrong = !isList(raw) ? "" : hasNull(raw) ? "an item is missing"
                : items.stream().anyMatch(item -> item.indexOf(',') >= 0)
                        ? "a comma ends an item, so no item may have one" : "";
        if (!wrong.isEmpty()) {
            throw new SettingException(List.of(refusal(raw, rule(), wrong)));
        }
    }

    private static boolean hasNull(Object list) {
        return list instanceof Object[] array ? Arrays.asList(array).contains(null)
                : list instanceof Iterable<?> values && StreamSupport.stream(values.spliterator(), false)
                        .anyMatch(Objects::isNull);
    }

    private boolean holdsText() {
        return type == String.class || type == String[].class;
    }

    /** Whether something stands in a text only because it is not shown. */
    private boolean hasMask(Object value) {
        return holdsText() && texts(value).stream().anyMatch(text -> secret ? text.trim().equals(LiveSettings.MASK)
                : Credentials.isHidden(text));
    }

    private List<String> texts(Object value) {
        return type == String[].class || isList(value) ? items(value) : List.of(String.valueOf(value));
    }

    /**
     * What a value that was read, and perhaps changed, stands for: what could not be read is taken from what is stored.
     *
     * @param value a text, array or collection
     * @param stored what the key has now; null if it has none
     * @return the value, each item as it is stored if it reads the same and no other does
     */
    Object revealed(Object value, Object stored) {
        if (stored == null || !hasMask(value)) {
            return value;
        }
        Map<String, Set<String>> byShown = texts(stored).stream().map(String::trim)
                .collect(Collectors.groupingBy(this::display, Collectors.toSet()));
        List<String> items = texts(value).stream().map(String::trim).map(item -> {
            Set<String> meant = byShown.getOrDefault(item, Set.of());
            return meant.size() == 1 ? meant.iterator().next() : item;
        }).toList();
        return isList(value) ? items.toArray(String[]::new) : String.join(",", items);
    }

    /**
     * Why a value is refused, with the value hidden where it is secret.
     *
     * @param raw the value
     * @param rule what it has to be
     * @param remedy what to do about it; empty where the rule says it
     * @return names key, value and rule
     */
    SettingError refusal(Object raw, String rule, String remedy) {
        String written = display(raw).strip();
        return new SettingError(key, List.of(), written, rule, remedy);
    }

    /**
     * Refuses a value.
     *
     * @param raw the value
     * @param rule what it has to be
     * @return to be thrown
     */
    public SettingException refused(Object raw, String rule) {
        return new SettingException(List.of(refusal(raw, rule, "")));
    }

    /**
     * A value as it is written in a configuration file.
     *
     * @param value a value of this setting
     * @return its text; lists joined with commas, secrets masked, also users and passwords in addresses
     */
    public String display(Object value) {
        String text = value instanceof Enum<?> constant ? word(constant) : written(value);
        if (secret && !text.isEmpty()) {
            return LiveSettings.MASK;
        }
        // Each item alone: of a query in the middle no text tells where it ends.
        return isList(value) ? items(value).stream().map(Credentials::hidden).collect(Collectors.joining(","))
                : Credentials.hidden(text);
    }

    /**
     * What is displayed, in the type of the setting: for surfaces that show typed values.
     *
     * @param displayed what {@link #display} made of a value that is not secret as a whole
     * @return a value of {@link #type()}, in which *** may stand for what is not shown
     */
    public Object shown(String displayed) {
        return type == String.class ? displayed : type == String[].class ? list(items(displayed))
                : parse(displayed);
    }

    private static String[] list(List<String> items) {
        return items.stream().map(String::trim).filter(item -> !item.isEmpty()).toArray(String[]::new);
    }

    /**
     * A value as Config Admin or a caller gives it, as one text.
     *
     * @param value a text, number, boolean, array or collection
     * @return its text; the items of a list joined with commas; secrets are not masked
     */
    public static String written(Object value) {
        Objects.requireNonNull(value, "value");
        return isList(value) ? String.join(",", items(value)) : String.valueOf(value);
    }

    private static boolean isList(Object value) {
        return value instanceof Iterable<?> || value != null && value.getClass().isArray();
    }

    /** The items of a list as Config Admin keeps it, or of a text with commas. */
    private static List<String> items(Object raw) {
        if (raw instanceof Iterable<?> values) {
            return StreamSupport.stream(values.spliterator(), false).map(String::valueOf).toList();
        }
        return isList(raw)
                ? IntStream.range(0, Array.getLength(raw)).mapToObj(i -> String.valueOf(Array.get(raw, i))).toList()
                : List.of(String.valueOf(raw).split(","));
    }

    /**
     * A constant as configurations, tables and JMX write it.
     *
     * @param constant any enum's
     * @return its name in lower case, with dashes
     */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean names(Object constant, String text) {
        return word((Enum<?>) constant).equals(text) || ((Enum<?>) constant).name().equals(text);
    }

    private Object scalar(String text) {
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return strictBoolean(text);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).filter(constant -> names(constant, text)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        }
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("too long");
        }
        return numeric(new BigDecimal(text));
    }

    private static Boolean strictBoolean(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private Object numeric(BigDecimal number) {
        if (min != null && number.compareTo(min) < 0 || max != null && number.compareTo(max) > 0) {
            throw new IllegalArgumentException(number.toString());
        }
        try {
            if (type == int.class) {
                return number.intValueExact();
            }
            return type == long.class ? (Object) number.longValueExact() : (Object) number.doubleValue();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(number.toString(), e);
        }
    }
}
