// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.snapshot.Measure;

/** One value of a snapshot; what is nested is named with dots. */
public record Measured(String snapshot, String measure, Object value, String unit) {

    public static List<Measured> of(String snapshot, Record values) {
        List<Measured> found = new ArrayList<>();
        add(found, snapshot, "", "", values);
        return found;
    }

    private static void add(List<Measured> found, String snapshot, String name, String unit, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, count) -> add(found, snapshot, name + '.' + word((Enum<?>) key), unit, count));
        } else if (value instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                add(found, snapshot, name + '.' + index++, unit, item);
            }
        } else if (value instanceof Record whole) {
            for (RecordComponent part : whole.getClass().getRecordComponents()) {
                Measure measure = part.getAnnotation(Measure.class);
                add(found, snapshot, name.isEmpty() ? part.getName() : name + '.' + part.getName(),
                        measure == null ? "" : measure.unit(), Json.read(whole, part));
            }
        } else {
            found.add(new Measured(snapshot, name, value, unit));
        }
    }
}
