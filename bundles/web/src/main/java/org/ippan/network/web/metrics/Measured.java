// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.snapshot.Described;
import org.ippan.network.api.snapshot.Measure;

/**
 * One number of a snapshot, found by what the snapshot says of itself: of each component of a record, of each part of a
 * nested one, of each key of a map, of each item of a list. Texts are no numbers and are left out.
 *
 * @param path where it was found: names of components and keys
 * @param unit in which it is counted, or empty
 * @param text what it says
 * @param counter whether it only grows
 * @param labels name, value, name, value: what tells it from others of the same path
 * @param value a {@code Double}, or a {@code HistogramSnapshot}
 */
public record Measured(List<String> path, String unit, String text, boolean counter, List<String> labels,
        Object value) {

    /** A map of this name is as many numbers of their own; any other map is one number, broken down. */
    private static final String COUNTERS = "counters";

    /**
     * The numbers of a record.
     *
     * @param whole components without {@link Measure} are left out
     * @param path of the record itself
     * @param labels of the record itself
     * @return in the order of its components
     */
    public static List<Measured> of(Record whole, List<String> path, List<String> labels) {
        List<Measured> found = new ArrayList<>();
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            Measure measure = component.getAnnotation(Measure.class);
            if (measure != null) {
                new Finder(found, with(path, component.getName()), measure, labels).find(Json.read(whole, component));
            }
        }
        return found;
    }

    private static List<String> with(List<String> path, String... more) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(Arrays.asList(more));
        return List.copyOf(longer);
    }

    /** Turns the value of one component into numbers. */
    private record Finder(List<Measured> found, List<String> path, Measure measure, List<String> labels) {

        private static final double NANOS_PER_SECOND = 1e9;

        void find(Object value) {
            if (value instanceof Number number) {
                add(number.doubleValue());
            } else if (value instanceof Boolean truth) {
                add(truth ? 1.0 : 0.0);
            } else if (value instanceof Duration duration) {
                add(duration.toNanos() / NANOS_PER_SECOND);
            } else if (value instanceof HistogramSnapshot) {
                add(value);
            } else if (value instanceof Record part) {
                of(part, path, labels).forEach(this::addPart);
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((key, count) -> addKey((Enum<?>) key, ((Number) count).doubleValue()));
            } else if (value instanceof Collection<?> items) {
                items.stream().filter(Record.class::isInstance).map(Record.class::cast)
                        .forEach(item -> found.addAll(of(item, path, names(item))));
            }
        }

        private void add(Object value) {
            found.add(new Measured(path, measure.unit(), measure.value(), measure.counter(), labels, value));
        }

        private void addPart(Measured part) {
            found.add(new Measured(part.path, part.unit, measure.value() + " " + part.text, part.counter, part.labels,
                    part.value));
        }

        private void addKey(Enum<?> key, double count) {
            String word = SettingDescription.word(key);
            if (path.get(path.size() - 1).equals(COUNTERS) && key instanceof NetworkCounter counter) {
                List<String> own = with(path.subList(0, path.size() - 1), word.replace('-', '_'));
                found.add(new Measured(own, counter.unit(), ((Described) key).description(), true, labels, count));
            } else {
                found.add(new Measured(path, measure.unit(), measure.value(), measure.counter(),
                        with(labels, label(key), word), count));
            }
        }

        /** {@code DropReason} is a {@code reason}. */
        private static String label(Enum<?> key) {
            return key.getDeclaringClass().getSimpleName().replaceFirst(".*(?=[A-Z])", "").toLowerCase(Locale.ROOT);
        }

        /** What an item of a list is called: its texts. */
        private static List<String> names(Record item) {
            List<String> names = new ArrayList<>();
            for (RecordComponent component : item.getClass().getRecordComponents()) {
                if (component.getType() == String.class) {
                    names.add(component.getName());
                    names.add((String) Json.read(item, component));
                }
            }
            return names;
        }
    }
}
