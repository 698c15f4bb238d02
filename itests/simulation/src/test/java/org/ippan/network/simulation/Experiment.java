// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** The runs the table of {@code docs/performance.md} is made of; each starts from nothing but its seed. */
enum Experiment {

    STEADY("steady traffic, n = 1 000, 5 msg/s") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            return tree(Figures.measure(new Overlay(shape(1000, Map.of()), seed), 5, SETTLED, MEASURED, progress));
        }
    },

    BUSY("busy, n = 1 000, 100 msg/s from random senders") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            // 20 s of bodies instead of 60 for each of a thousand nodes: they all have to fit into one heap.
            Overlay overlay = new Overlay(shape(1000, Map.of("cacheSeconds", 20)), seed);
            return tree(Figures.measure(overlay, 100, WARM_UP, MEASURED, progress));
        }
    },

    LARGE("large, n = 10 000, 5 msg/s") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            Overlay overlay = new Overlay(shape(10_000, Map.of("cacheSeconds", 20)), seed);
            Figures figures = Figures.measure(overlay, 5, Duration.ofSeconds(30), Duration.ofSeconds(20), progress);
            return List.of(reliability(figures), Finding.atMost("RMR", 0.20, figures.rmr()),
                    Finding.told("p50 / p99 / max, in delays", String.format(Locale.ROOT, "%.1f / %.1f / %.1f",
                            figures.p50(), figures.p99(), figures.max())));
        }
    },

    FLOOD("mode flood, n = 1 000, 5 msg/s") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            Overlay overlay = new Overlay(shape(1000, Map.of("relayMode", "FLOOD")), seed);
            Figures figures = Figures.measure(overlay, 5, Duration.ofSeconds(2), Duration.ofSeconds(10), progress);
            return List.of(reliability(figures), Finding.atMost("p99, in delays", 4, figures.p99()),
                    Finding.told("RMR", String.format(Locale.ROOT, "%.1f", figures.rmr())),
                    Finding.told("bytes per delivery", String.format(Locale.ROOT, "%.0f", figures.bytes())));
        }
    },

    KILL("killed at once, n = 1 000, 5 msg/s") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            return List.of(loss(seed, 10, SimNode::crash, progress), loss(seed, 30, SimNode::crash, progress),
                    loss(seed, 50, SimNode::crash, progress), loss(seed, 80, SimNode::crash, progress));
        }
    },

    SILENCE("silent death, n = 1 000, 16 links, 5 msg/s") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            return List.of(loss(seed, 10, SimNode::vanish, progress), loss(seed, 30, SimNode::vanish, progress),
                    loss(seed, 50, SimNode::vanish, progress));
        }
    },

    AWAY("back after 55 s away, n = 200, 5 msg/s, 10 nodes") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            return List.of(Absence.run(new Overlay(shape(200, Map.of()), seed), progress));
        }
    },

    MESH("full mesh, n = 64, 100 msg/s from random senders") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            Mesh.Outcome calm = Mesh.calm(64, seed, progress);
            Mesh.Outcome broken = Mesh.deadLink(64, seed, progress);
            return List.of(Finding.atMost("deliveries missed", 0, calm.missed()),
                    Finding.atMost("duplicates", 0, calm.duplicates()),
                    Finding.atMost("ids announced", 0, calm.announced()),
                    Finding.atMost("deliveries out of order", 0, calm.disorder()),
                    Finding.atMost("missed when a link dies silently", 0, broken.missed()),
                    Finding.atMost("slowest then, in seconds", 1, broken.slowestMillis() / 1000.0));
        }
    },

    FULL_SPEED("all publish at full speed over equal slow links, 4 KiB, cacheBytes 4 MiB, 4 s") {
        @Override
        List<Finding> run(long seed, Progress progress) {
            List<Finding> findings = new ArrayList<>();
            for (FullSpeed.Layout layout : FullSpeed.Layout.values()) {
                FullSpeed.Outcome outcome = FullSpeed.run(layout, seed, Duration.ofSeconds(4), progress);
                findings.add(Finding.atMost(layout + ": deliveries missed", 0, outcome.missed()));
                findings.add(Finding.atMost(layout + ": longest standstill, in seconds", 1,
                        outcome.longestStillMillis() / 1000.0));
                findings.add(Finding.atMost(layout + ": most published over least", 2, 1 / outcome.smallestShare()));
                findings.add(Finding.told(layout + ": published", Long.toString(outcome.published())));
            }
            return findings;
        }
    };

    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration SETTLED = Duration.ofSeconds(120);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration IN_TIME = Duration.ofSeconds(3);
    private static final int PAYLOAD = 1024;
    private static final int DIALS = 8;
    private static final int SPARES = 16;

    final String title;

    Experiment(String title) {
        this.title = title;
    }

    /** Runs it; minutes for the large ones. */
    abstract List<Finding> run(long seed, Progress progress);

    /** The one a word on the command line means. */
    static Experiment named(String word) {
        return Arrays.stream(values()).filter(each -> each.name().equalsIgnoreCase(word.strip())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word + ": must be one of "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
    }

    static Overlay.Shape shape(int nodes, Map<String, ?> gossip) {
        return new Overlay.Shape(nodes, DIALS, SPARES, PAYLOAD, gossip);
    }

    private static List<Finding> tree(Figures figures) {
        return List.of(reliability(figures), Finding.atMost("RMR", 0.10, figures.rmr()),
                Finding.atMost("bytes per delivery, 16 links", 1600, figures.bytes()),
                Finding.atMost("p50, in delays", 7, figures.p50()),
                Finding.atMost("p99, in delays", 13, figures.p99()),
                Finding.atMost("max, in delays", 25, figures.max()));
    }

    private static Finding reliability(Figures figures) {
        return new Finding("every message everywhere", "100.000 %", figures.missed() == 0 ? "100.000 %"
                : figures.missed() + " deliveries missed", figures.missed() == 0);
    }

    /** How a node ends. */
    private interface End {
        void of(SimNode node);
    }

    /** Ends some nodes in the midst of traffic; the next message is published that moment. */
    private static Finding loss(long seed, int percent, End end, Progress progress) {
        Overlay overlay = new Overlay(shape(1000, Map.of()), seed);
        for (int second = 0; second < WARM_UP.toSeconds(); second++) {
            overlay.traffic(5, Duration.ofSeconds(1));
            progress.at(overlay);
        }
        for (int ended = 0; ended < overlay.nodes.size() * percent / 100; ended++) {
            end.of(overlay.anyAlive());
        }
        int first = overlay.ledger.entries().size();
        overlay.traffic(5, Duration.ofSeconds(5));
        overlay.pass(IN_TIME);
        IntPredicate alive = node -> overlay.nodes.get(node).isAlive();
        int late = overlay.ledger.since(first).stream().mapToInt(entry -> entry.missedBy(alive, IN_TIME)).sum();
        int lateFirst = overlay.ledger.entries().get(first).missedBy(alive, IN_TIME);
        overlay.pass(Duration.ofSeconds(30));
        int missed = overlay.ledger.since(first).stream()
                .mapToInt(entry -> entry.missedBy(alive, Duration.ofMinutes(1))).sum();
        double[] seconds = overlay.ledger.sortedSeconds(overlay.ledger.since(first));
        double slowest = seconds.length == 0 ? Double.NaN : seconds[seconds.length - 1];
        return new Finding(percent + " % at once: survivors have everything", "within 3 s",
                String.format(Locale.ROOT, "slowest %.2f s; later than 3 s: %d of %d (first message %d), never: %d",
                        slowest, late, seconds.length, lateFirst, missed), late == 0 && missed == 0);
    }
}
