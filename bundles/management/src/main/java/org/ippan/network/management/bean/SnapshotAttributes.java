// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.snapshot.Described;
import org.ippan.network.api.snapshot.Measure;

/**
 * The read-only attributes of a snapshot, found from its record type: one for each component; a nested record and a map
 * of counters give one for each of their parts, so that everything can be charted.
 */
public final class SnapshotAttributes {

    /** A map of this name gives attributes named by its keys alone. */
    private static final String COUNTERS = "counters";

    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    private SnapshotAttributes() {
    }

    /**
     * The attributes of a snapshot.
     *
     * @param type a record whose components are annotated with {@link Measure}
     * @return attribute by name
     */
    public static Map<String, Attribute> of(Class<? extends Record> type) {
        SnapshotAttributes found = new SnapshotAttributes();
        for (RecordComponent component : type.getRecordComponents()) {
            found.add(component);
        }
        return found.attributes;
    }

    private void add(RecordComponent component) {
        Measure measure = component.getAnnotation(Measure.class);
        if (component.getType().isRecord()) {
            addParts(component, measure);
        } else if (component.getType() == Map.class) {
            addCounters(component, measure);
        } else {
            put(Attribute.name(component.getName()), OpenValues.typeName(component.getType()), measure.value(),
                    fields(measure, measure.unit()), snapshot -> OpenValues.of(OpenValues.read(snapshot, component)));
        }
    }

    private void addParts(RecordComponent outer, Measure whole) {
        for (RecordComponent part : outer.getType().getRecordComponents()) {
            Measure measure = part.getAnnotation(Measure.class);
            put(Attribute.name(outer.getName()) + Attribute.name(part.getName()), OpenValues.typeName(part.getType()),
                    whole.value() + " " + measure.value(), fields(measure, measure.unit()),
                    snapshot -> OpenValues.of(OpenValues.read((Record) OpenValues.read(snapshot, outer), part)));
        }
    }

    private void addCounters(RecordComponent component, Measure whole) {
        Class<?> keys = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        String prefix = component.getName().equals(COUNTERS) ? "" : Attribute.name(component.getName());
        for (Object key : keys.getEnumConstants()) {
            String description = ((Described) key).description();
            String unit = key instanceof NetworkCounter counter ? counter.unit() : whole.unit();
            put(prefix + camel((Enum<?>) key), long.class.getName(),
                    prefix.isEmpty() ? description : whole.value() + " " + description, fields(whole, unit),
                    snapshot -> {
                        Object value = ((Map<?, ?>) OpenValues.read(snapshot, component)).get(key);
                        return value == null ? 0L : value;
                    });
        }
    }

    private static String camel(Enum<?> constant) {
        StringBuilder camel = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            camel.append(Attribute.name(word));
        }
        return camel.toString();
    }

    /** Unit, and whether the value only grows. */
    private static Map<String, Object> fields(Measure measure, String unit) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("metricType", measure.counter() ? "counter" : "gauge"));
        if (!unit.isEmpty()) {
            fields.put("units", unit);
        }
        return fields;
    }

    private void put(String name, String type, String description, Map<String, ?> fields,
            Function<Record, Object> getter) {
        attributes.put(name, Attribute.readOnly(name, type, description, fields,
                reading -> getter.apply(reading.snapshot())));
    }
}
