// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cases that every release keeps, and old defects, which must not come back. */
class DedupCasesTest {

    /** The reference's case "deduplication correctness". */
    @Test
    void shouldReportAMessageAsNewOnceAndAsADuplicateEverAfter() {
        Dedups node = new Dedups(10_000, 300);

        boolean first = node.mark(1);
        boolean second = node.mark(1);
        boolean other = node.mark(2);

        assertTrue(first);
        assertFalse(second);
        assertTrue(other);
        assertTrue(node.seen(1) && node.seen(2));
        assertFalse(node.seen(3));
        assertEquals(2, node.dedup.size());
    }

    /** The reference's case "maximum size". */
    @Test
    void shouldNeverRememberMoreThanTheMaximumSize() {
        Dedups node = new Dedups(100, 300);

        for (int number = 0; number < 250; number++) {
            node.mark(number);

            assertEquals(Math.min(number + 1, 100), node.dedup.size());
        }
    }

    /** The reference's case "clearing". */
    @Test
    void shouldForgetEverythingWhenCleared() {
        Dedups node = new Dedups(10_000, 300);
        node.markAll(0, 5_000);

        node.dedup.clear();

        assertEquals(0, node.dedup.size());
        assertEquals(0, node.seenOf(0, 5_000));
        assertEquals(5_000, node.markAll(0, 5_000));
        assertEquals(5_000, node.seenOf(0, 5_000));
    }

    /** The reference's defect "evicts random entries". */
    @Test
    void shouldEvictExactlyTheOldestAtCapacity() {
        Dedups node = new Dedups(1_000, 300);
        node.markAll(0, 1_000);

        for (int number = 1_000; number < 5_000; number++) {
            node.mark(number);

            assertFalse(node.seen(number - 1_000), "the oldest is gone");
            assertTrue(node.seen(number - 999), "the second oldest is not");
        }
        assertEquals(1_000, node.seenOf(0, 5_000));
    }

    /** The reference's defect "throws away a random half every 300 s". */
    @Test
    void shouldKeepEveryYoungIdThroughEveryCleaning() {
        Dedups node = new Dedups(100_000, 300);

        for (int second = 0; second < 1_000; second++) {
            node.markAll(second * 10L, second * 10L + 10);
            node.time.advance(Duration.ofSeconds(1));

            long oldest = Math.max(0, second - 298) * 10L;
            if (second % 25 == 0 || second % 300 < 3) {
                assertEquals(second * 10L + 10 - oldest, node.seenOf(oldest, second * 10L + 10));
            }
        }
    }

    /** The reference's default of 10 000 covers only 33 messages a second. */
    @Test
    void shouldByDefaultHoldAWindowOfThreeThousandMessagesPerSecond() {
        DedupSettings defaults = DedupSettings.of(DedupSettings.SCHEMA.parse(Map.of()), 1L << 30);

        assertEquals(new DedupSettings(1_000_000, 300), defaults);
    }
}
