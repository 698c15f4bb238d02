// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every number in a snapshot, whatever it is called: a new counter is in the output as soon as it is in the snapshot.
 * Records in lists are added up under the name of the list.
 */
final class Counters {

    private Counters() {
    }

    static Map<String, Long> of(Record snapshot) {
        Map<String, Long> counters = new TreeMap<>();
        add(counters, "", snapshot);
        return counters;
    }

    private static void add(Map<String, Long> counters, String name, Object value) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                add(counters, name.isEmpty() ? component.getName() : name + "." + component.getName(),
                        read(component, record));
            }
        } else if (value instanceof Collection<?> values) {
            values.forEach(each -> add(counters, name, each));
        } else if (value instanceof Map<?, ?> values) {
            values.forEach((key, each) -> add(counters, name + "." + key, each));
        } else if (value instanceof Number number) {
            counters.merge(name, number.longValue(), Long::sum);
        }
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
