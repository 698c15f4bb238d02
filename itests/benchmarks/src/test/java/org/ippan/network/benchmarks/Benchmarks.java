// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks;

import java.io.IOException;
import java.util.List;
import org.ippan.network.benchmarks.runner.Outcome;
import org.ippan.network.benchmarks.runner.RunOptions;
import org.ippan.network.benchmarks.runner.Session;
import org.ippan.network.benchmarks.scenario.Scenario;

/**
 * Measures our nodes beside other systems, each case in processes of its own, and prints a table. Run by hand, see
 * {@code docs/performance.md}; loopback only.
 */
public final class Benchmarks {

    private static final int WRONG_ARGUMENTS = 2;

    private Benchmarks() {
    }

    /**
     * Measures.
     *
     * @param words see {@code --help}
     * @throws IOException if files cannot be written
     * @throws InterruptedException never, but for its end
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        if (List.of(words).contains("--help")) {
            System.out.print(Arguments.help());
            return;
        }
        List<Scenario> scenarios;
        RunOptions options;
        try {
            Arguments arguments = Arguments.parse(List.of(words));
            scenarios = arguments.scenarios();
            options = arguments.options();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; --help lists the options");
            System.exit(WRONG_ARGUMENTS);
            return;
        }
        List<Outcome> outcomes = new Session(scenarios, options, System.out).play();
        System.exit(outcomes.stream().allMatch(Outcome::succeeded) ? 0 : 1);
    }
}
