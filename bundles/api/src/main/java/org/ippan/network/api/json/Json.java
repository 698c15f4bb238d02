// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.json;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ippan.network.api.PeerAddress;

/**
 * Writes values as JSON (RFC 8259), by what they are and not by a list: records and maps become objects, collections
 * arrays, enums the words that configurations use, durations seconds, what is absent null, everything else text.
 * Confined to one thread.
 */
public final class Json {

    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder out = new StringBuilder();

    private Json() {
    }

    /**
     * The JSON of a value.
     *
     * @param value a record, map, collection, optional, number, text or anything else that is a text when printed
     * @return one line
     */
    public static String of(Object value) {
        Json json = new Json();
        json.write(value);
        return json.out.toString();
    }

    private void write(Object value) {
        if (value instanceof Optional<?> optional) {
            write(optional.orElse(null));
        } else if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number number) {
            write(number);
        } else if (value instanceof Duration duration) {
            write((Number) (duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND));
        } else if (value instanceof Map<?, ?> map) {
            write(map);
        } else if (value instanceof Iterable<?> items) {
            list('[', items.iterator(), ']', Json::write);
        } else if (value instanceof Record whole && !(value instanceof PeerAddress)) {
            write(values(whole));
        } else {
            text(name(value));
        }
    }

    /** JSON knows no infinity and no NaN. */
    private void write(Number number) {
        boolean finite = Double.isFinite(number.doubleValue());
        out.append(finite ? number.toString() : "null");
    }

    private void write(Map<?, ?> map) {
        list('{', map.entrySet().iterator(), '}', Json::member);
    }

    private void member(Map.Entry<?, ?> entry) {
        text(name(entry.getKey()));
        out.append(':');
        write(entry.getValue());
    }

    private <T> void list(char open, Iterator<T> items, char close, BiConsumer<Json, T> item) {
        out.append(open);
        while (items.hasNext()) {
            item.accept(this, items.next());
            if (items.hasNext()) {
                out.append(',');
            }
        }
        out.append(close);
    }

    private static String name(Object value) {
        if (value instanceof Class<?> type) {
            return type.getSimpleName();
        }
        return value instanceof Enum<?> constant ? word(constant) : String.valueOf(value);
    }

    /** What some browsers would take for markup or for the end of a line is escaped too. */
    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '\u007f' || c == '\u2028' || c == '\u2029'
                    || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /**
     * {@return the values of a record by the names of its components, in their order}
     *
     * @param whole any record
     */
    public static Map<String, Object> values(Record whole) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            values.put(component.getName(), read(whole, component));
        }
        return values;
    }

    /**
     * One component's value, also of records that only their own package knows.
     *
     * @param whole a record
     * @param component of that record
     * @return what its accessor gives
     */
    public static Object read(Record whole, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(whole);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
