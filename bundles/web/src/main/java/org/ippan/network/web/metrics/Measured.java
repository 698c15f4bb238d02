// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.snapshot.Part;

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

    private static final double NANOS_PER_SECOND = 1e9;

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
        for (Part part : Part.of(whole.getClass(), HistogramSnapshot.class)) {
            if (part.isDescribed()) {
                add(found, part, part.read(whole), with(path, part.place()), labels);
            }
        }
        return found;
    }

    private static void add(List<Measured> found, Part part, Object value, List<String> path, List<String> labels) {
        if (part.isCounter() && number(value) != null) {
            found.add(of(part, with(path, List.of(word(part.key()).replace('-', '_'))), labels, number(value)));
        } else if (part.key() != null && number(value) != null) {
            found.add(of(part, path, with(labels, List.of(label(part.key()), word(part.key()))), number(value)));
        } else if (value instanceof Collection<?> items) {
            items.stream().filter(Record.class::isInstance).map(Record.class::cast)
                    .forEach(item -> found.addAll(of(item, path, names(item))));
        } else if (number(value) != null) {
            found.add(of(part, path, labels, number(value)));
        }
    }

    private static Measured of(Part part, List<String> path, List<String> labels, Object value) {
        return new Measured(path, part.unit(), part.text(), part.grows(), labels, value);
    }

    private static List<String> with(List<String> words, List<String> more) {
        return Stream.concat(words.stream(), more.stream()).toList();
    }

    /** The value as it is kept here; null if it is no number. */
    private static Object number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        if (value instanceof Duration duration) {
            return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
        }
        return value instanceof HistogramSnapshot ? value : null;
    }

    /** {@code DropReason} is a {@code reason}. */
    private static String label(Enum<?> key) {
        return key.getDeclaringClass().getSimpleName().replaceFirst(".*(?=[A-Z])", "").toLowerCase(Locale.ROOT);
    }

    /** What an item of a list is called: its texts. */
    private static List<String> names(Record item) {
        List<String> names = new ArrayList<>();
        for (Part part : Part.of(item.getClass())) {
            if (part.type() == String.class) {
                names.addAll(part.names());
                names.add(Objects.toString(part.read(item), ""));
            }
        }
        return names;
    }
}
