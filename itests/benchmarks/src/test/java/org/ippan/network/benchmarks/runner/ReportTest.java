// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.ippan.network.benchmarks.measure.Figures;
import org.ippan.network.benchmarks.measure.Usage;
import org.ippan.network.benchmarks.scenario.Product;
import org.ippan.network.benchmarks.scenario.Scenario;
import org.ippan.network.benchmarks.scenario.Topology;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Scenario SCENARIO =
            new Scenario(Product.OURS, Topology.MESH, 5, 1, 256, false, false, 0, 0, 0);

    @Test
    void shouldTellTheMedianWithItsSpreadAndEveryLoss() {
        String table = Report.table(LongStream.of(3_000, 1_000, 2_000).mapToObj(ReportTest::outcome).toList());

        assertTrue(table.contains("| ours mesh 5 one 256B plain jvm-one | 2,000 (1,000–3,000) |"), table);
        // Missing, doubled, out of order, missing in the warm-up, failed rounds.
        assertTrue(table.endsWith("| 6 | 3 | 0 | 9 | 0 |\n"), table);
    }

    @Test
    void shouldCountRoundsThatFailed() {
        String table = Report.table(List.of(outcome(1_000), Outcome.failed(SCENARIO, "it, too, ended")));

        assertTrue(table.contains("| 1,000 |"), table);
        assertTrue(table.endsWith("| 1 |\n"), table);
        assertTrue(Report.csv(List.of(Outcome.failed(SCENARIO, "it, too, ended"))).endsWith(",it; too; ended\n"));
    }

    @Test
    void shouldHaveAsManyCellsInEveryRow() {
        List<Outcome> outcomes = List.of(outcome(1_000), outcome(2_000));

        assertEquals(1, Report.table(outcomes).lines().map(line -> line.split("\\|").length).distinct().count());
        assertEquals(1, Report.csv(outcomes).lines().map(line -> line.split(",", -1).length).distinct().count());
    }

    private static Outcome outcome(long deliveries) {
        Figures figures = new Figures(deliveries, 1, 0, 0, 1_000_000_000, new Usage(1, 1), 0, 0, 0,
                Figures.NONE.micros(), Figures.NONE.micros());
        return new Outcome(SCENARIO, "", figures, deliveries, 2, 3, Map.of(), Map.of());
    }
}
