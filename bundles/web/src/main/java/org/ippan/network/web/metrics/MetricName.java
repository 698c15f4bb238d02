// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a number is called in Prometheus: {@code ippan_}, the bundle, the words of its name; seconds, bytes and ratios
 * at the end and said once. Other units are nouns that the name has already. Durations are in seconds, since
 * Prometheus knows no other unit of time.
 *
 * @param text the name, without the {@code _total} of counters
 * @param unit what it ends with, or empty
 * @param scale what values are multiplied by
 */
record MetricName(String text, String unit, double scale) {

    /** The bundle of the numbers that belong to no bundle but to the node: it is not part of their names. */
    static final String WHOLE_NODE = "Metrics";

    private static final String PREFIX = "ippan";
    /** Messages by topic are the network's: an application asks for them, and not for a bundle. */
    private static final List<String> TOPICS = List.of("Gossip", "topics");
    private static final String MILLISECONDS = "milliseconds";
    private static final double SECONDS_PER_MILLI = 1e-3;
    private static final Set<String> SUFFIXES = Set.of("seconds", "bytes", "ratio");
    /** What Prometheus puts behind names itself: none may end so. */
    private static final Set<String> RESERVED = Set.of("total", "created", "bucket", "info");
    private static final String NUMBER = "number";
    private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9_]");

    /**
     * The name of a number.
     *
     * @param path the bundle, then components and keys
     * @param unit as its description has it
     */
    static MetricName of(List<String> path, String unit) {
        List<String> words = new ArrayList<>();
        if (path.size() > 2 && path.subList(0, 2).equals(TOPICS)) {
            words.add("topic");
            words.addAll(words(path.get(2)));
        } else {
            path.stream().filter(part -> !part.equals(WHOLE_NODE)).forEach(part -> words.addAll(words(part)));
        }
        boolean millis = unit.equals(MILLISECONDS);
        String last = millis ? "seconds" : SUFFIXES.contains(unit) ? unit : "";
        if (!last.isEmpty()) {
            words.removeAll(List.of("millis", last));
            words.add(last);
        }
        words.add(0, PREFIX);
        if (RESERVED.contains(words.get(words.size() - 1))) {
            words.add(NUMBER);
        }
        return new MetricName(String.join("_", words), last, millis ? SECONDS_PER_MILLI : 1);
    }

    /** Whether a number is a rate: Prometheus takes rates of counters itself, over the time it is asked for. */
    static boolean isRate(String unit) {
        return unit.endsWith("/s") || unit.equals("per second");
    }

    /** The words of {@code camelCase} and {@code snake_case}. */
    private static List<String> words(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return Arrays.asList(FOREIGN.matcher(words).replaceAll("_").split("_+"));
    }
}
