// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.metrics.Measured;

/**
 * The numbers of the node over the last day, so that a user who opens the page sees what led here: every number of the
 * last 5 minutes, a sample each second, and what the page draws of the last hour and the last day. Bounded by numbers
 * and samples: the usual 170 numbers take 0.6 MiB, and never more than 1.5 MiB. Safe for any thread.
 */
final class History {

    static final int SAMPLES = 300;
    /** First copies of messages: bodies received without those that were known already. */
    static final String NEW = "Gossip.new";

    private static final double LEAST_SECONDS = 0.5;
    private static final int MAX_NUMBERS = 550;
    private static final String BODIES = "Gossip.bodiesReceived";
    private static final String COPIES = "Gossip.duplicates";
    /** What the page draws over more than minutes. */
    private static final Set<String> DRAWN = Set.of(NEW, COPIES, "Gossip.delivered", "Gossip.published",
            "Gossip.relayed", "Gossip.missed", "Gossip.overrun", "Gossip.outbound.lagBytes", "Gossip.validationBytes",
            "Metrics.messages_received", "Metrics.messages_sent", "Metrics.bytes_received", "Metrics.bytes_sent",
            "Peers.connected", "Reputation.banned");

    private final NodeServices services;
    private final Clock clock;
    private final double[] times = new double[SAMPLES];
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final StepSeries hour = new StepSeries(10, 360);
    private final StepSeries day = new StepSeries(120, 720);
    private int taken;

    History(NodeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** Takes a sample. */
    void sample() {
        Map<String, Double> now = new LinkedHashMap<>();
        Set<String> counters = new HashSet<>(Set.of(NEW));
        services.snapshots().forEach((name, snapshot) -> {
            for (Measured each : Measured.of(snapshot, List.of(name), List.of())) {
                if (each.value() instanceof Double value && each.labels().isEmpty()) {
                    String path = String.join(".", each.path());
                    // Items of a list that have no names are added up.
                    now.merge(path, value, Double::sum);
                    if (each.counter()) {
                        counters.add(path);
                    }
                }
            }
        });
        if (now.containsKey(BODIES)) {
            now.put(NEW, now.get(BODIES) - now.get(COPIES));
        }
        record(clock.millis() / 1e3, now, counters);
    }

    /** A sample that comes right after another, when the node was too busy for a while, would make rates jump. */
    private synchronized void record(double time, Map<String, Double> now, Set<String> counters) {
        int before = taken == 0 ? -1 : (taken - 1) % SAMPLES;
        if (before >= 0 && time - times[before] < LEAST_SECONDS) {
            return;
        }
        Map<String, Double> drawn = before < 0 ? Map.of() : drawn(now, counters, before, time - times[before]);
        hour.add(time, drawn);
        day.add(time, drawn);
        int slot = taken++ % SAMPLES;
        times[slot] = time;
        numbers.values().forEach(samples -> samples[slot] = Double.NaN);
        now.forEach((name, value) -> series(name, slot, value));
    }

    /** What is drawn, as it is drawn: counters as what they grew by in a second, unless they began again. */
    private Map<String, Double> drawn(Map<String, Double> now, Set<String> counters, int before, double seconds) {
        Map<String, Double> drawn = new LinkedHashMap<>();
        now.forEach((name, value) -> {
            if (!DRAWN.contains(name)) {
                return;
            }
            if (!counters.contains(name)) {
                drawn.put(name, value);
            } else if (numbers.containsKey(name) && value >= numbers.get(name)[before]) {
                drawn.put(name, (value - numbers.get(name)[before]) / seconds);
            }
        });
        return drawn;
    }

    private void series(String name, int slot, double value) {
        double[] samples = numbers.get(name);
        if (samples == null && numbers.size() < MAX_NUMBERS) {
            samples = new double[SAMPLES];
            Arrays.fill(samples, Double.NaN);
            numbers.put(name, samples);
        }
        if (samples != null) {
            samples[slot] = value;
        }
    }

    /**
     * What some numbers were.
     *
     * @param names for example {@code Gossip.delivered}; none for all
     * @param after only what was after this time, in seconds since 1970
     * @param step 1 for the samples of 5 minutes; 10 for the last hour or 120 for the last day, in seconds
     * @return {@code time} in seconds since 1970 and each number that is known, oldest first: its samples, or its
     *         least, mean and most in each step, of counters what they grew by in a second
     * @throws Refusal for another step
     */
    synchronized Map<String, ?> of(Set<String> names, double after, long step) {
        if (step == 1) {
            return samples(names, after);
        }
        if (step != hour.seconds() && step != day.seconds()) {
            throw Refusal.badRequest("step = " + step + ": must be 1, " + hour.seconds() + " or " + day.seconds()
                    + " (seconds)");
        }
        return (step == hour.seconds() ? hour : day).of(names, after);
    }

    private Map<String, List<Double>> samples(Set<String> names, double after) {
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
