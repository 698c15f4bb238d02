// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Prints the table of {@code docs/performance.md} and draws two pictures. Takes a seed, the folder for the pictures,
 * and which experiments to run, all of them if none is named.
 */
final class Table {

    private static final long SHOWN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String ROW = "| %s | %s | %s | %s |%n";

    private long shownAt = System.nanoTime();

    private Table() {
    }

    public static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[0]);
        List<Experiment> chosen = arguments.length > 2 && !arguments[2].isBlank()
                ? Arrays.stream(arguments[2].split(",")).map(Experiment::named).toList()
                : List.of(Experiment.values());
        Table table = new Table();
        List<String> parts = new ArrayList<>();
        for (Experiment experiment : chosen) {
            parts.add(table.run(experiment, seed));
            System.out.println(parts.get(parts.size() - 1));
        }
        if (chosen.size() > 1) {
            System.out.println("All together:\n\n" + String.join("\n", parts));
        }
        if (arguments.length < 3 || arguments[2].isBlank()) {
            Pictures.draw(Path.of(arguments[1]), seed);
        }
    }

    private String run(Experiment experiment, long seed) {
        long start = System.nanoTime();
        List<Finding> findings = experiment.run(seed, overlay -> show(experiment, overlay, start));
        StringBuilder text = new StringBuilder(String.format("%s%n%n", experiment.title));
        text.append(String.format("`mvn -Psimulation -Drows=%s -Dseed=%d`, %d s%n%n",
                experiment.name().toLowerCase(Locale.ROOT), seed, seconds(start)));
        text.append(String.format(ROW, "", "goal", "measured", "").replaceAll("\\s+\\|", " |"));
        text.append(String.format("|---|---|---|---|%n"));
        findings.forEach(finding -> text.append(String.format(ROW, finding.what(), finding.goal(), finding.measured(),
                finding.reached() ? "" : "**not reached**")));
        return text.toString();
    }

    private void show(Experiment experiment, Overlay overlay, long start) {
        if (System.nanoTime() - shownAt > SHOWN_NANOS) {
            shownAt = System.nanoTime();
            System.err.printf(Locale.ROOT, "%s: %d nodes, %d messages so far, %d frames, %d s%n",
                    experiment.name().toLowerCase(Locale.ROOT), overlay.nodes.size(), overlay.ledger.entries().size(),
                    overlay.network.framesDelivered(), seconds(start));
        }
    }

    private static long seconds(long start) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }
}
