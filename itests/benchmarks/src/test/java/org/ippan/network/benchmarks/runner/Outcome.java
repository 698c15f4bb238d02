// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.util.Map;
import org.ippan.network.benchmarks.measure.Figures;
import org.ippan.network.benchmarks.scenario.Scenario;

/**
 * What came of a case once.
 *
 * @param scenario the case
 * @param failure why there are no figures; empty if there are
 * @param figures of the measured phase
 * @param published messages of the measured phase, of all publishers
 * @param missing deliveries of the measured phase that never came
 * @param warmUpMissing deliveries of the warm-up that never came
 * @param warmUpCounters what the nodes counted themselves in the warm-up, a value for each node, by name
 * @param counters the same at the end
 */
public record Outcome(Scenario scenario, String failure, Figures figures, long published, long missing,
        long warmUpMissing, Map<String, long[]> warmUpCounters, Map<String, long[]> counters) {

    static Outcome failed(Scenario scenario, String failure) {
        return new Outcome(scenario, failure, Figures.NONE, 0, 0, 0, Map.of(), Map.of());
    }

    /**
     * Whether there are figures.
     *
     * @return false if it could not be played to its end
     */
    public boolean succeeded() {
        return failure.isEmpty();
    }
}
