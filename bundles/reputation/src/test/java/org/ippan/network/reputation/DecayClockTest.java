// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Points of decay, to the nanosecond. */
class DecayClockTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ManualScheduler time = new ManualScheduler();
    private final DecayClock clock = new DecayClock(time, rules(3, 60));

    private static ReputationSettings rules(int points, int seconds) {
        return ReputationSettings.of(ReputationSettings.SCHEMA.parse(Map.of("decayPoints", String.valueOf(points),
                "decayIntervalSeconds", String.valueOf(seconds))));
    }

    private void pass(long nanos) {
        time.stall(Duration.ofNanos(nanos));
    }

    @Test
    void shouldCountWholeIntervals() {
        pass(60 * SECOND - 1);
        long before = clock.now();
        pass(1);

        assertEquals(0, before);
        assertEquals(3, clock.now());
        pass(120 * SECOND);
        assertEquals(9, clock.now());
    }

    @Test
    void shouldReadTheClockForTheCoarseTotalOnlyWhenItIsRefreshed() {
        pass(60 * SECOND);
        assertEquals(0, clock.coarse());

        clock.refresh();

        assertEquals(3, clock.coarse());
    }

    @Test
    void shouldTellWhenSoManyPointsWillHaveDecayed() {
        pass(10 * SECOND);

        assertEquals(OptionalLong.of(0), clock.nanosUntil(0));
        assertEquals(OptionalLong.of(0), clock.nanosUntil(-5));
        assertEquals(OptionalLong.of(50 * SECOND), clock.nanosUntil(1));
        assertEquals(OptionalLong.of(50 * SECOND), clock.nanosUntil(3));
        assertEquals(OptionalLong.of(110 * SECOND), clock.nanosUntil(4));
        clock.change(rules(0, 60));
        assertEquals(OptionalLong.empty(), clock.nanosUntil(1));
        assertEquals(OptionalLong.of(0), clock.nanosUntil(0));
    }

    @Test
    void shouldKeepTheTotalAndThePartOfAnIntervalWhenTheRateChanges() {
        pass(75 * SECOND);

        clock.change(rules(1, 120));

        assertEquals(3, clock.now());
        assertEquals(3, clock.coarse());
        assertEquals(30 * SECOND, clock.phaseNanos(), "a quarter of the interval");
        pass(90 * SECOND);
        assertEquals(4, clock.now());
    }

    @Test
    void shouldTakeOverOtherPointsWithTheSameInterval() {
        pass(75 * SECOND);

        clock.change(rules(5, 60));

        assertEquals(15 * SECOND, clock.phaseNanos());
        pass(45 * SECOND);
        assertEquals(8, clock.now());
    }

    @Test
    void shouldGoOnWhereAnEarlierRunEnded() {
        pass(7 * SECOND);

        long meanwhile = clock.resume(50 * SECOND, 100 * SECOND);

        assertEquals(6, meanwhile, "150 s are two intervals and a half");
        assertEquals(30 * SECOND, clock.phaseNanos());
        assertEquals(0, clock.now());
        assertEquals(0, clock.coarse());
        pass(30 * SECOND);
        assertEquals(3, clock.now());
    }

    @Test
    void shouldTakeNoMoreThanAnIntervalForThePartThatHadPassed() {
        assertEquals(0, clock.resume(1000 * SECOND, 0));
        assertEquals(60 * SECOND - 1, clock.phaseNanos());
    }
}
