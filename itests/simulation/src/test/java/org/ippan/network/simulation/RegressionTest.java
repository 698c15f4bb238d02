// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What small networks cost and how far messages went when this was last looked at, on average: it must not change by
 * more than a tenth unnoticed. Each run is the same each time, so that nothing but a change of the code can change the
 * figures.
 */
class RegressionTest {

    private static final String FILE = "/figures.properties";
    private static final double TENTH = 0.1;
    private static final int PAYLOAD = 1024;
    /** One tree may have an RMR of 0.05 or of 0.35, by chance; any change of a frame's time gives other trees. */
    private static final int SEEDS = 3;
    private static final int NODES = 40;

    @ParameterizedTest
    @ValueSource(strings = {"TREE", "FLOOD"})
    void shouldCostWhatItCostBefore(String mode) throws IOException {
        Properties stored = new Properties();
        try (InputStream in = RegressionTest.class.getResourceAsStream(FILE)) {
            stored.load(in);
        }

        List<Figures> all = LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> measure(mode, seed)).toList();
        double rmr = mean(all, Figures::rmr);
        double hops = mean(all, Figures::hops);
        double bytes = mean(all, Figures::bytes);
        long missed = all.stream().mapToLong(Figures::missed).sum();

        String measured = String.format(Locale.ROOT, "rmr %.3f, hops %.1f, bytes %.0f, missed %d", rmr, hops, bytes,
                missed);
        String text = "for " + FILE + ": " + mode + " = " + measured;
        String[] before = stored.getProperty(mode, "rmr 0, hops 0, bytes 0, missed 0").split("[ ,]+");
        assertNear(before[1], rmr + 1, 1, text);
        assertNear(before[3], hops, 0, text);
        assertNear(before[5], bytes, 0, text);
        assertEquals(Long.parseLong(before[7]), missed, text);
    }

    private static Figures measure(String mode, long seed) {
        Overlay overlay = new Overlay(new Overlay.Shape(NODES, 8, 8, PAYLOAD, Map.of("relayMode", mode)), seed);
        return Figures.measure(overlay, 20, Duration.ofSeconds(10), Duration.ofSeconds(10), Progress.NONE);
    }

    private static double mean(List<Figures> all, ToDoubleFunction<Figures> figure) {
        return all.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Compares after adding the same to both: a tenth of next to nothing would be nothing. */
    private static void assertNear(String stored, double measured, double added, String text) {
        double before = Double.parseDouble(stored) + added;
        assertEquals(before, measured, TENTH * before, text);
    }
}
