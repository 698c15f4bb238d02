// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.benchmarks.scenario.Scenario;

/** Outcomes as text: a table of Markdown with a row for each case, and comma-separated values with one for each run. */
public final class Report {

    private static final String CASE = "case";
    private static final String FAILED_ROUNDS = "failed rounds";

    private Report() {
    }

    /**
     * Medians, with the smallest and the largest value where they differ.
     *
     * @param outcomes of all rounds
     * @return several lines
     */
    public static String table(List<Outcome> outcomes) {
        Map<Scenario, List<Outcome>> cases = outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::scenario, LinkedHashMap::new, Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of(CASE));
        Arrays.stream(Column.values()).map(Column::title).forEach(titles::add);
        titles.add(FAILED_ROUNDS);
        rows.add(titles);
        rows.add(titles.stream().map(title -> title.equals(CASE) ? "---" : "---:").toList());
        cases.forEach((scenario, all) -> rows.add(row(scenario, all)));
        return rows.stream().map(row -> String.join(" | ", row)).map(row -> "| " + row + " |\n")
                .collect(Collectors.joining());
    }

    private static List<String> row(Scenario scenario, List<Outcome> outcomes) {
        List<Outcome> good = outcomes.stream().filter(Outcome::succeeded).toList();
        List<String> row = new ArrayList<>(List.of(scenario.label()));
        for (Column column : Column.values()) {
            double[] sorted = good.stream().mapToDouble(column::of).sorted().toArray();
            row.add(sorted.length == 0 ? "-"
                    : column.isLoss() ? column.show(Arrays.stream(sorted).sum()) : spread(column, sorted));
        }
        row.add(Integer.toString(outcomes.size() - good.size()));
        return row;
    }

    private static String spread(Column column, double[] sorted) {
        int middle = sorted.length / 2;
        String median = column.show(sorted.length % 2 == 1 ? sorted[middle]
                : (sorted[middle - 1] + sorted[middle]) / 2);
        String least = column.show(sorted[0]);
        String most = column.show(sorted[sorted.length - 1]);
        return least.equals(most) ? median : median + " (" + least + "–" + most + ")";
    }

    /**
     * One row a run.
     *
     * @param outcomes in the order of time
     * @return a line of titles and one for each
     */
    public static String csv(List<Outcome> outcomes) {
        String titles = CASE + "," + Arrays.stream(Column.values()).map(Column::title)
                .collect(Collectors.joining(",")) + ",failure\n";
        return outcomes.stream().map(outcome -> outcome.scenario().label() + ","
                + Arrays.stream(Column.values()).map(column -> column.plain(column.of(outcome)))
                        .collect(Collectors.joining(","))
                + "," + outcome.failure().replace(',', ';') + "\n").collect(Collectors.joining("", titles, ""));
    }

    /** A run for who watches. */
    static String line(Outcome outcome) {
        return outcome.scenario().label() + ": " + (outcome.succeeded()
                ? Arrays.stream(Column.values()).map(column -> column.title() + " " + column.show(column.of(outcome)))
                        .collect(Collectors.joining(", "))
                : "failed: " + outcome.failure());
    }

    /** What each node counted; empty where none counted anything. */
    static String values(long[] values) {
        return Arrays.stream(values).allMatch(value -> value == 0) ? ""
                : Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, "%,d", value))
                        .collect(Collectors.joining(" "));
    }
}
