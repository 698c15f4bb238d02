// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.snapshot.Described;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.snapshot.Part;
import org.ippan.network.api.snapshot.SnapshotSource;

/** The read-only attributes of a snapshot: one for each of its parts, so that everything can be charted. */
public final class SnapshotAttributes {

    private SnapshotAttributes() {
    }

    /**
     * The attributes of a snapshot.
     *
     * @param type a record whose components are annotated with {@link Measure}
     * @return attribute by name
     */
    public static Map<String, Attribute> of(Class<? extends Record> type) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (Part part : Part.of(type).stream().filter(Part::isDescribed).toList()) {
            String name = name(part);
            attributes.put(name, Attribute.readOnly(name, OpenValues.typeName(part.type()), text(part), fields(part),
                    reading -> value(part, reading.snapshot())));
        }
        return attributes;
    }

    /**
     * The attributes of what a service tells; none if it cannot tell.
     *
     * @param source of an application, or of the network
     * @return attribute by name
     */
    public static Map<String, Attribute> of(SnapshotSource source) {
        Optional<Record> told = NodeServices.ask(source);
        return told.isPresent() ? of(told.get().getClass()) : Map.of();
    }

    private static String name(Part part) {
        String name = part.place().stream().map(Attribute::name).collect(Collectors.joining());
        return part.key() == null ? name : name + Stream.of(part.key().name().toLowerCase(Locale.ROOT).split("_"))
                .map(Attribute::name).collect(Collectors.joining());
    }

    private static String text(Part part) {
        return !part.isCounter() && part.key() instanceof Described key ? part.text() + " " + key.description()
                : part.text();
    }

    /** Unit, and whether the value only grows. */
    private static Map<String, Object> fields(Part part) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("metricType", part.grows() ? "counter" : "gauge"));
        if (!part.unit().isEmpty()) {
            fields.put("units", part.unit());
        }
        return fields;
    }

    private static Object value(Part part, Record snapshot) {
        Object value = part.read(snapshot);
        return value == null && part.key() != null ? Long.valueOf(0) : OpenValues.of(value);
    }
}
