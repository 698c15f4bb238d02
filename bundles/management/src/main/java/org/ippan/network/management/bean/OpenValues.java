// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.util.Collection;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.ippan.network.api.json.Json;

/**
 * Values as JMX clients read them without our classes: numbers, truths and texts stay, enums become the words
 * that configurations use, lists of records arrays of composites.
 */
public final class OpenValues {

    private static final Map<Class<?>, SimpleType<?>> SIMPLE = Map.of(int.class, SimpleType.INTEGER,
            long.class, SimpleType.LONG, double.class, SimpleType.DOUBLE, boolean.class, SimpleType.BOOLEAN,
            Integer.class, SimpleType.INTEGER, Long.class, SimpleType.LONG, Double.class, SimpleType.DOUBLE,
            Boolean.class, SimpleType.BOOLEAN);

    /** What is in a list and no record: a client reads a list as a table. */
    public record Item(String value) {
    }

    private OpenValues() {
    }

    /**
     * The name of the Java type a JMX client sees.
     *
     * @param type a component's type
     * @return for example {@code long} or {@code java.lang.String}
     */
    static String typeName(Class<?> type) {
        if (SIMPLE.containsKey(type)) {
            return type.getName();
        }
        if (Collection.class.isAssignableFrom(type)) {
            return CompositeData[].class.getName();
        }
        return type == String[].class ? type.getName() : String.class.getName();
    }

    /**
     * A value as a client reads it.
     *
     * @param value a component's value
     * @return the same in open types
     */
    static Object of(Object value) {
        if (value instanceof Enum<?> constant) {
            return word(constant);
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(item -> composite(item instanceof Record row ? row
                    : new Item(String.valueOf(item)))).toArray(CompositeData[]::new);
        }
        boolean open = value == null || SIMPLE.containsKey(value.getClass()) || value instanceof String[];
        return open ? value : String.valueOf(value);
    }

    /**
     * A record as one composite, for tables.
     *
     * @param item a record of simple components
     * @return its values by component name
     */
    public static CompositeData composite(Record item) {
        Map<String, Object> values = Json.values(item);
        values.replaceAll((name, value) -> value == null ? "" : of(value));
        String[] names = values.keySet().toArray(String[]::new);
        OpenType<?>[] types = new OpenType<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            types[i] = SIMPLE.getOrDefault(values.get(names[i]).getClass(), SimpleType.STRING);
        }
        try {
            String type = item.getClass().getSimpleName();
            return new CompositeDataSupport(new CompositeType(type, type, names, names, types), values);
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
