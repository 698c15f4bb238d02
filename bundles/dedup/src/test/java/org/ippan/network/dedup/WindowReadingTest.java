// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.junit.jupiter.api.Test;

/** What is told of the window, and advised. */
class WindowReadingTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static WindowReading reading(int size, int capacity, double oldestSeconds, boolean earlyNow) {
        return new WindowReading(size, capacity, 300 * SECOND, Math.round(oldestSeconds * SECOND), 30, 7, earlyNow, 4,
                5_000);
    }

    private static String advice(int capacity, double oldestSeconds) {
        return reading(capacity, capacity, oldestSeconds, true).advice();
    }

    @Test
    void shouldTellEachNumberInItsPlace() {
        assertEquals(new DedupSnapshot(20, 100, 300, 300, 40, 10, 0.25, 7, 4, 12.5, 5_000, ""),
                reading(20, 100, 12.5, false).snapshot(10));
    }

    @Test
    void shouldTellTheWindowThatIsReached() {
        assertEquals(12.5, reading(100, 100, 12.5, true).snapshot(0).reachedWindowSeconds());
        assertEquals(300, reading(100, 100, 400, true).snapshot(0).reachedWindowSeconds());
        assertEquals(300, reading(99, 100, 12.5, true).snapshot(0).reachedWindowSeconds());
        assertEquals(300, reading(100, 100, 12.5, false).snapshot(0).reachedWindowSeconds());
    }

    @Test
    void shouldTellNoShareOfHitsBeforeTheFirstCheck() {
        WindowReading first = new WindowReading(0, 100, 300 * SECOND, 0, 0, 0, false, 0, 0);

        assertEquals(0, first.snapshot(0).hitRatio());
        assertEquals(1, first.snapshot(3).hitRatio());
    }

    @Test
    void shouldAdviseTheCapacityThatTheRateNeeds() {
        assertEquals("Ids are forgotten after 10.0 s instead of 300 s: capacity 30000 would be needed"
                + " (100 messages/s x 300 s). Raise capacity or lower windowSeconds.", advice(1_000, 10));
    }

    @Test
    void shouldTakeABurstAsIfItHadTakenASecond() {
        assertEquals("Ids are forgotten after 0.1 s instead of 300 s: capacity 300000 would be needed"
                + " (1000 messages/s x 300 s). Raise capacity or lower windowSeconds.", advice(1_000, 0.1));
    }

    @Test
    void shouldAdviseMoreThanThereIs() {
        assertEquals("Ids are forgotten after 300.0 s instead of 300 s: capacity 1001 would be needed"
                + " (2 messages/s x 300 s). Raise capacity or lower windowSeconds.", advice(1_000, 500));
    }

    @Test
    void shouldAdviseNoCapacityThatCannotBeSet() {
        assertEquals("Ids are forgotten after 300.0 s instead of 300 s: capacity 100000000 would be needed"
                + " (333333 messages/s x 300 s). Raise capacity or lower windowSeconds.", advice(99_999_999, 300));
        assertEquals("Ids are forgotten after 10.0 s instead of 300 s: capacity 3000000000 would be needed"
                + " (10000000 messages/s x 300 s). Raise capacity as far as 100000000 or lower windowSeconds.",
                advice(100_000_000, 10));
    }

    @Test
    void shouldRefuseSettingsThatNoTableIsMadeFor() {
        assertEquals(100_000_000, new DedupSettings(DedupSettings.MAX_CAPACITY, 1).capacity());
        assertEquals(1, new DedupSettings(1, 1).windowSeconds());
        assertThrows(IllegalArgumentException.class, () -> new DedupSettings(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new DedupSettings(DedupSettings.MAX_CAPACITY + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new DedupSettings(1, 0));
    }
}
