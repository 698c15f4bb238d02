// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ippan.network.api.snapshot.Part;

/** One value of a snapshot; what is nested is named with dots. */
public record Measured(String snapshot, String measure, Object value, String unit) {

    public static List<Measured> of(String snapshot, Record values) {
        List<Measured> found = new ArrayList<>();
        add(found, snapshot, "", values);
        return found;
    }

    private static void add(List<Measured> found, String snapshot, String prefix, Record values) {
        for (Part part : Part.of(values.getClass())) {
            Object value = part.read(values);
            String name = prefix + String.join(".", part.names()) + (part.key() == null ? "" : '.' + word(part.key()));
            if (value instanceof Collection<?> items) {
                int index = 0;
                for (Object item : items) {
                    String place = name + '.' + index++;
                    if (item instanceof Record whole) {
                        add(found, snapshot, place + '.', whole);
                    } else {
                        found.add(new Measured(snapshot, place, item, part.unit()));
                    }
                }
            } else if (part.key() == null || value != null) {
                found.add(new Measured(snapshot, name, value, part.unit()));
            }
        }
    }
}
