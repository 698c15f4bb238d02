// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every number of the node over the last minutes, a sample each second, so that a user who opens the page sees what led
 * here. Bounded by numbers and samples: some 150 numbers take half a megabyte. Safe for any thread.
 */
final class History {

    static final int SAMPLES = 300;
    private static final double LEAST_SECONDS = 0.5;
    private static final int MAX_NUMBERS = 1_000;

    private final NodeServices services;
    private final Clock clock;
    private final double[] times = new double[SAMPLES];
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private int taken;

    History(NodeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** Takes a sample. */
    void sample() {
        List<Measured> now = new ArrayList<>();
        services.snapshots().forEach((name, snapshot) ->
                now.addAll(Measured.of(snapshot, List.of(name), List.of())));
        record(clock.millis() / 1e3, now);
    }

    /** A sample that comes right after another, when the node was too busy for a while, would make rates jump. */
    private synchronized void record(double time, List<Measured> now) {
        if (taken > 0 && time - times[(taken - 1) % SAMPLES] < LEAST_SECONDS) {
            return;
        }
        int slot = taken++ % SAMPLES;
        times[slot] = time;
        numbers.values().forEach(samples -> samples[slot] = Double.NaN);
        for (Measured each : now) {
            if (each.value() instanceof Double value && each.labels().isEmpty()) {
                series(String.join(".", each.path()), slot, value);
            }
        }
    }

    /** Items of a list that have no names are added up. */
    private void series(String name, int slot, double value) {
        double[] samples = numbers.get(name);
        if (samples == null && numbers.size() < MAX_NUMBERS) {
            samples = new double[SAMPLES];
            Arrays.fill(samples, Double.NaN);
            numbers.put(name, samples);
        }
        if (samples != null) {
            samples[slot] = Double.isNaN(samples[slot]) ? value : samples[slot] + value;
        }
    }

    /**
     * The samples of some numbers.
     *
     * @param names for example {@code Gossip.delivered}; none for all
     * @param after only samples after this time, in seconds since 1970
     * @return {@code time} in seconds since 1970 and each number that is known, oldest sample first
     */
    synchronized Map<String, List<Double>> of(Set<String> names, double after) {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        int begin = Math.max(0, taken - SAMPLES);
        while (begin < taken && times[begin % SAMPLES] <= after) {
            begin++;
        }
        found.put("time", since(begin, times));
        int first = begin;
        numbers.forEach((name, samples) -> {
            if (names.isEmpty() || names.contains(name)) {
                found.put(name, since(first, samples));
            }
        });
        return found;
    }

    private List<Double> since(int begin, double[] samples) {
        List<Double> ordered = new ArrayList<>();
        for (int i = begin; i < taken; i++) {
            ordered.add(samples[i % SAMPLES]);
        }
        return ordered;
    }
}
