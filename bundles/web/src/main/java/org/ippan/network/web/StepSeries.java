// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some numbers over a long time in steps of equal length, of each step the least, the mean and the most: a peak of one
 * second is still seen after a day. The oldest step makes room for the newest; a step without samples, as when the
 * machine slept, is left out. Not safe for several threads.
 */
final class StepSeries {

    private final int seconds;
    private final int steps;
    private final long[] ends;
    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private long open = Long.MIN_VALUE;
    private int closed;

    /** What one number was: closed steps, and the sums of the open one. */
    private static final class Curve {

        private final float[] least;
        private final float[] mean;
        private final float[] most;
        private double min;
        private double sum;
        private double max;
        private int count;

        Curve(int steps) {
            least = unknown(steps);
            mean = unknown(steps);
            most = unknown(steps);
        }

        private static float[] unknown(int steps) {
            float[] values = new float[steps];
            Arrays.fill(values, Float.NaN);
            return values;
        }

        void add(double value) {
            min = count == 0 ? value : Math.min(min, value);
            max = count == 0 ? value : Math.max(max, value);
            sum += value;
            count++;
        }

        void close(int step) {
            least[step] = count == 0 ? Float.NaN : (float) min;
            mean[step] = count == 0 ? Float.NaN : (float) (sum / count);
            most[step] = count == 0 ? Float.NaN : (float) max;
            sum = 0;
            count = 0;
        }
    }

    /**
     * Empty.
     *
     * @param seconds how long a step is
     * @param steps how many are kept
     */
    StepSeries(int seconds, int steps) {
        this.seconds = seconds;
        this.steps = steps;
        ends = new long[steps];
    }

    int seconds() {
        return seconds;
    }

    /** Takes what numbers were at a time, in seconds since 1970; samples come in the order of time. */
    void add(double time, Map<String, Double> values) {
        long step = (long) Math.floor(time / seconds);
        if (step != open) {
            close();
            open = step;
        }
        values.forEach((name, value) -> curves.computeIfAbsent(name, any -> new Curve(steps)).add(value));
    }

    private void close() {
        if (curves.values().stream().allMatch(curve -> curve.count == 0)) {
            return;
        }
        int step = closed++ % steps;
        ends[step] = (open + 1) * seconds;
        curves.values().forEach(curve -> curve.close(step));
    }

    /** The closed steps that ended after a time, oldest first; no names for all. */
    Map<String, Object> of(Set<String> names, double after) {
        int begin = Math.max(0, closed - steps);
        while (begin < closed && ends[begin % steps] <= after) {
            begin++;
        }
        int first = begin;
        Map<String, Object> found = new LinkedHashMap<>();
        List<Long> times = new ArrayList<>();
        for (int i = first; i < closed; i++) {
            times.add(ends[i % steps]);
        }
        found.put("time", times);
        curves.forEach((name, curve) -> {
            if (names.isEmpty() || names.contains(name)) {
                found.put(name, Map.of("min", since(first, curve.least), "mean", since(first, curve.mean),
                        "max", since(first, curve.most)));
            }
        });
        return found;
    }

    private List<Float> since(int begin, float[] values) {
        List<Float> ordered = new ArrayList<>();
        for (int i = begin; i < closed; i++) {
            ordered.add(values[i % steps]);
        }
        return ordered;
    }
}
