// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a number is called in Prometheus: {@code ippan_}, the bundle, the words of its name, its unit in the plural at
 * the end, said once. Durations are in seconds, since Prometheus knows no other unit of time.
 *
 * @param text the name, without the {@code _total} of counters
 * @param unit what it ends with, or empty
 * @param scale what values are multiplied by
 */
record MetricName(String text, String unit, double scale) {

    private static final String PREFIX = "ippan";
    /** The bundle of the numbers that belong to no bundle but to the node: it is not part of their names. */
    static final String WHOLE_NODE = "Metrics";
    private static final String MILLISECONDS = "milliseconds";
    private static final double SECONDS_PER_MILLI = 1e-3;

    /**
     * The name of a number.
     *
     * @param path the bundle, then components and keys
     * @param unit as its description has it
     */
    static MetricName of(List<String> path, String unit) {
        List<String> words = new ArrayList<>();
        path.forEach(part -> words.addAll(words(part)));
        if (path.get(0).equals(WHOLE_NODE)) {
            words.remove(0);
        }
        String last = unit.equals(MILLISECONDS) ? "seconds" : unit.replace("/s", " per second").replace(' ', '_');
        if (!last.isEmpty()) {
            words.removeAll(List.of("millis", unit.replace("/s", ""), last));
            words.add(last);
        }
        words.add(0, PREFIX);
        return new MetricName(String.join("_", words), last, unit.equals(MILLISECONDS) ? SECONDS_PER_MILLI : 1);
    }

    /** The words of {@code camelCase} and {@code snake_case}. */
    private static List<String> words(String name) {
        return Arrays.asList(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("_"));
    }
}
