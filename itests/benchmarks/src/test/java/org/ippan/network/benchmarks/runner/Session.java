// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.benchmarks.contender.KeyFile;
import org.ippan.network.benchmarks.scenario.Scenario;

/** Plays all cases in turn, several times: what disturbs the machine for a while disturbs all of them. */
public final class Session {

    private final List<Scenario> scenarios;
    private final RunOptions options;
    private final PrintStream out;

    /**
     * Plays nothing yet.
     *
     * @param scenarios the cases
     * @param options what holds for all of them
     * @param out is told how it goes, and the table at the end
     */
    public Session(List<Scenario> scenarios, RunOptions options, PrintStream out) {
        this.scenarios = scenarios;
        this.options = options;
        this.out = out;
    }

    /**
     * Plays them, and writes {@code runs.csv} after each.
     *
     * @return all that came of it, in the order of time
     * @throws IOException if files cannot be written
     * @throws InterruptedException if the thread was interrupted
     */
    public List<Outcome> play() throws IOException, InterruptedException {
        Files.createDirectories(options.folder());
        KeyFile.make(options.folder().resolve("keys.p12"));
        List<Outcome> outcomes = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : scenarios) {
                if (scenario.possible()) {
                    Outcome outcome = CaseRun.play(scenario, options);
                    outcomes.add(outcome);
                    tell(round, outcome);
                    Files.writeString(options.folder().resolve("runs.csv"), Report.csv(outcomes));
                }
            }
        }
        scenarios.stream().filter(scenario -> !scenario.possible())
                .forEach(scenario -> out.println("not possible: " + scenario.label()));
        out.println();
        out.print(Report.table(outcomes));
        return outcomes;
    }

    private void tell(int round, Outcome outcome) {
        out.println("round " + round + ": " + Report.line(outcome));
        outcome.counters().forEach((name, counts) -> {
            String values = Report.values(counts);
            if (!values.isEmpty()) {
                long before = Arrays.stream(outcome.warmUpCounters().getOrDefault(name, new long[0])).sum();
                out.println("    " + name + " " + values + " (" + before + " of them in the warm-up)");
            }
        });
        out.flush();
    }
}
