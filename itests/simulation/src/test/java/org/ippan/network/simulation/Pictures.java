// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ippan.network.api.PeerId;

/** Two drawings of a run: how much of the network a message has reached as time goes on, and the tree it took. */
final class Pictures {

    private static final int SIZE = 800;
    private static final int MARGIN = 60;
    private static final int NODES = 1000;
    private static final int CURVE_POINTS = 200;
    private static final String HEAD = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"14\">%n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n";

    private final StringBuilder svg = new StringBuilder();

    private Pictures() {
    }

    /** Runs a thousand nodes in both modes and draws them into a folder. */
    static void draw(Path folder, long seed) throws IOException {
        Overlay tree = new Overlay(Experiment.shape(NODES, Map.of()), seed);
        tree.traffic(5, Duration.ofSeconds(40));
        int first = tree.ledger.entries().size();
        tree.traffic(5, Duration.ofSeconds(10));
        tree.pass(Duration.ofSeconds(5));
        Overlay flood = new Overlay(Experiment.shape(NODES, Map.of("relayMode", "FLOOD")), seed);
        flood.traffic(5, Duration.ofSeconds(4));
        flood.pass(Duration.ofSeconds(5));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("coverage.svg"), new Pictures().coverage(Map.of(
                "#1f77b4 tree", tree.ledger.sortedSeconds(tree.ledger.since(first)),
                "#ff7f0e flood", flood.ledger.sortedSeconds(flood.ledger.entries()))));
        Files.writeString(folder.resolve("tree.svg"),
                new Pictures().tree(tree, tree.ledger.entries().get(tree.ledger.entries().size() - 1)));
        System.out.println("pictures: " + folder.resolve("coverage.svg") + ", " + folder.resolve("tree.svg"));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Share of the nodes reached over time; each curve is named by its colour and its mode. */
    private String coverage(Map<String, double[]> curves) {
        add(HEAD, SIZE, SIZE / 2);
        double longest = curves.values().stream().mapToDouble(all -> all[all.length - 1]).max().orElse(1);
        int bottom = SIZE / 2 - MARGIN;
        for (int percent = 0; percent <= 100; percent += 25) {
            double y = bottom - (bottom - MARGIN / 2.0) * percent / 100;
            add("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>",
                    MARGIN, y, SIZE - MARGIN, MARGIN - 6, y + 5, percent);
        }
        for (double second = 0; second <= longest; second += 0.25) {
            double x = MARGIN + (SIZE - 2 * MARGIN) * second / longest;
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.2f s</text>", x, bottom + 20, second);
        }
        int line = 0;
        for (Map.Entry<String, double[]> curve : curves.entrySet()) {
            String colour = curve.getKey().substring(0, curve.getKey().indexOf(' '));
            add("<path fill=\"none\" stroke=\"%s\" stroke-width=\"2\" d=\"M%d %d%s\"/>", colour, MARGIN, bottom,
                    path(curve.getValue(), longest, bottom));
            add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", SIZE - 2 * MARGIN, bottom - 40 - 20 * line++, colour,
                    curve.getKey().substring(colour.length() + 1));
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">time since publication, %d nodes</text></svg>", SIZE / 2,
                SIZE / 2 - 12, NODES);
        return svg.toString();
    }

    private static String path(double[] seconds, double longest, int bottom) {
        StringBuilder path = new StringBuilder();
        for (int point = 1; point <= CURVE_POINTS; point++) {
            double share = (double) point / CURVE_POINTS;
            double x = MARGIN + (SIZE - 2 * MARGIN) * seconds[(int) Math.ceil(share * seconds.length) - 1] / longest;
            path.append(String.format(Locale.ROOT, "L%.1f %.1f", x, bottom - (bottom - MARGIN / 2.0) * share));
        }
        return path.toString();
    }

    /** The way one message took, its publisher in the middle, each hop a ring further out. */
    private String tree(Overlay overlay, Ledger.Entry entry) {
        add(HEAD, SIZE, SIZE);
        Map<PeerId, List<SimNode>> children = new HashMap<>();
        for (SimNode node : overlay.nodes) {
            if (entry.parent(node.number) != null) {
                children.computeIfAbsent(entry.parent(node.number), any -> new ArrayList<>()).add(node);
            }
        }
        double ring = (SIZE / 2.0 - 10) / Math.max(1, entry.mostHops());
        branch(children, overlay.nodes.get(entry.publisher), new Wedge(0, 2 * Math.PI, 0), ring);
        add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"#d62728\"/></svg>", SIZE / 2, SIZE / 2);
        return svg.toString();
    }

    /** The part of the circle a branch may use, and how far out it begins. */
    private record Wedge(double from, double to, int depth) {

        double x(double ring) {
            return SIZE / 2.0 + ring * depth * Math.cos((from + to) / 2);
        }

        double y(double ring) {
            return SIZE / 2.0 + ring * depth * Math.sin((from + to) / 2);
        }
    }

    private void branch(Map<PeerId, List<SimNode>> children, SimNode node, Wedge wedge, double ring) {
        double from = wedge.from;
        int below = size(children, node) - 1;
        for (SimNode child : children.getOrDefault(node.id(), List.of())) {
            double to = from + (wedge.to - wedge.from) * size(children, child) / below;
            Wedge part = new Wedge(from, to, wedge.depth + 1);
            add("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#1f77b4\" stroke-opacity=\"0.6\"/>", wedge.x(ring),
                    wedge.y(ring), part.x(ring), part.y(ring));
            branch(children, child, part, ring);
            from = to;
        }
    }

    private static int size(Map<PeerId, List<SimNode>> children, SimNode node) {
        return 1 + children.getOrDefault(node.id(), List.of()).stream().mapToInt(child -> size(children, child)).sum();
    }
}
