// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a small network cost and how far messages went when this was last looked at: it must not change by more than a
 * tenth unnoticed. Each run is the same each time, so that nothing but a change of the code can change the figures.
 */
class RegressionTest {

    private static final String FILE = "/figures.properties";
    private static final double TENTH = 0.1;
    private static final int PAYLOAD = 1024;

    /** By mode, and messages a second: a flood needs fewer, and each costs more. */
    @ParameterizedTest
    @CsvSource({"TREE, 10", "FLOOD, 2"})
    void shouldCostWhatItCostBefore(String mode, int perSecond) throws IOException {
        Properties stored = new Properties();
        try (InputStream in = RegressionTest.class.getResourceAsStream(FILE)) {
            stored.load(in);
        }

        Overlay overlay = new Overlay(new Overlay.Shape(80, 8, 8, PAYLOAD, Map.of("relayMode", mode)), 1);
        Figures figures = Figures.measure(overlay, perSecond, Duration.ofSeconds(10), Duration.ofSeconds(10),
                Progress.NONE);

        String measured = String.format(Locale.ROOT, "rmr %.3f, hops %d, bytes %.0f, missed %d", figures.rmr(),
                figures.hops(), figures.bytes(), figures.missed());
        String text = "for " + FILE + ": " + mode + " = " + measured;
        String[] before = stored.getProperty(mode, "rmr 0, hops 0, bytes 0, missed 0").split("[ ,]+");
        assertNear(before[1], figures.rmr() + 1, 1, text);
        assertNear(before[3], figures.hops(), 0, text);
        assertNear(before[5], figures.bytes(), 0, text);
        assertEquals(Long.parseLong(before[7]), figures.missed(), text);
    }

    /** Compares after adding the same to both: a tenth of next to nothing would be nothing. */
    private static void assertNear(String stored, double measured, double added, String text) {
        double before = Double.parseDouble(stored) + added;
        assertEquals(before, measured, TENTH * before, text);
    }
}
