// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.metrics.Rates;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualScheduler clock = new ManualScheduler();
    private final Metrics metrics = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)), clock, clock);

    private void send(int messages, int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < messages; i++) {
                metrics.recordMessageSent(10);
                metrics.recordMessageReceived(20);
            }
            clock.advance(SECOND);
        }
    }

    @Test
    void shouldTellRatesOfTheLastSecondTenSecondsAndMinute() {
        send(6, 110);
        send(60, 9);
        send(120, 1);

        NetworkMetricsSnapshot snapshot = metrics.snapshot();
        assertEquals(new Rates(120, 120, 1_200, 2_400), snapshot.last1s());
        assertEquals((9 * 60 + 120) / 10.0, snapshot.last10s().messagesSent(), 1e-9);
        assertEquals((50 * 6 + 9 * 60 + 120) / 60.0, snapshot.last60s().messagesSent(), 1e-9);
        assertEquals((110 * 6 + 9 * 60 + 120) / 120.0, snapshot.sinceStart().messagesSent(), 1e-9);
    }

    @Test
    void shouldFallToZeroWhenTrafficStops() {
        send(100, 5);

        clock.advance(Duration.ofSeconds(61));

        assertEquals(Rates.ZERO, metrics.snapshot().last1s());
        assertEquals(Rates.ZERO, metrics.snapshot().last10s());
        assertEquals(Rates.ZERO, metrics.snapshot().last60s());
    }

    @Test
    void shouldUseTheWholeHistoryWhileItIsShorterThanTheSpan() {
        send(100, 5);

        assertEquals(100, metrics.snapshot().last60s().messagesSent(), 1e-9);
    }

    @Test
    void shouldNotMakeARateOfThousandsFromTheFirstMessage() {
        metrics.recordMessageSent(10);
        clock.advance(Duration.ofMillis(1));

        assertEquals(1, metrics.snapshot().sinceStart().messagesSent(), 1e-9);
        assertEquals(1, metrics.snapshot().last1s().messagesSent(), 1e-9);
    }

    @Test
    void shouldDivideByTheTimeThatReallyPassedBetweenSamples() {
        send(100, 10);
        clock.advance(Duration.ofMillis(500));

        assertEquals(100 / 1.5, metrics.snapshot().last1s().messagesSent(), 1e-9);
    }

    @Test
    void shouldDivideByTheTimeThatReallyPassedWhenTheTimerWasLate() {
        send(100, 3);
        metrics.recordMessageSent(10);
        clock.stall(Duration.ofSeconds(20));

        assertEquals(1 / 20.0, metrics.snapshot().last1s().messagesSent(), 1e-9);
        assertEquals(1 / 20.0, metrics.snapshot().last10s().messagesSent(), 1e-9);
    }
}
