// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time: how long ids are remembered, and what is told when it is too short. */
class DedupWindowTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 640, 86_400})
    void shouldRememberForTheWindowAndAnEighthMoreAtMost(int windowSeconds) {
        Dedups node = new Dedups(1_000, windowSeconds);
        long window = Duration.ofSeconds(windowSeconds).toNanos();
        for (int i = 0; i < 100; i++) {
            node.time.advance(Duration.ofNanos(window / 97));
            node.mark(i);
            long marked = node.time.nanos();
            node.mark(10_000 + i);

            node.time.advance(Duration.ofNanos(window - 1));

            assertTrue(node.seen(i), "still in the window");

            node.time.advance(Duration.ofNanos(marked + window + window / 8 - node.time.nanos()));

            assertFalse(node.seen(i), "an eighth of the window later");
        }
    }

    @Test
    void shouldNeverForgetTooEarlyWhenTheTimerIsLate() {
        Dedups node = new Dedups(1_000, 300);
        node.mark(1);
        node.time.stall(Duration.ofSeconds(200));
        node.mark(2);

        node.time.advance(Duration.ofSeconds(299));

        assertTrue(node.seen(2));
    }

    @Test
    void shouldGiveMemoryBackWithoutTrafficOnceIdsExpire() {
        Dedups node = new Dedups(1_000_000, 300);
        long empty = node.dedup.snapshot().bytesUsed();
        node.markAll(0, 200_000);
        long full = node.dedup.snapshot().bytesUsed();

        node.time.advance(Duration.ofSeconds(340));

        DedupSnapshot after = node.dedup.snapshot();
        assertTrue(full > 200_000 * 40L);
        assertTrue(after.bytesUsed() <= empty + 20_000, after::toString);
        assertEquals(0, after.size());
        assertEquals(200_000, after.expired());
        assertEquals(0, after.evictedEarly());
    }

    @Test
    void shouldGiveMemoryBackAtOnceWhenTheCapacityIsLowered() {
        Dedups node = new Dedups(100_000, 300);
        node.markAll(0, 100_000);
        long full = node.dedup.snapshot().bytesUsed();

        node.dedup.apply(new DedupSettings(1_000, 300));
        node.time.runDue();

        assertTrue(node.dedup.snapshot().bytesUsed() < full / 20, () -> node.dedup.snapshot() + " of " + full);
    }

    @Test
    void shouldSayWhichCapacityTheRateNeedsWhileIdsAreForgottenEarly() {
        Dedups node = new Dedups(1_000, 300);

        for (int second = 0; second < 100; second++) {
            node.markAll(second * 50L, second * 50L + 50);
            node.time.advance(Duration.ofSeconds(1));
        }

        DedupSnapshot snapshot = node.dedup.snapshot();
        assertEquals(4_000, snapshot.evictedEarly());
        assertEquals(20, snapshot.reachedWindowSeconds(), 1);
        assertEquals(20, snapshot.oldestAgeSeconds(), 1);
        int needed = Integer.parseInt(snapshot.advice().replaceAll(".* capacity (\\d+) .*", "$1"));
        assertEquals(50 * 300, needed, 750);
        assertEquals(1, node.warnings.size(), "told once");
    }

    @Test
    void shouldStopAdvisingOnceNothingIsForgottenEarly() {
        Dedups node = new Dedups(1_000, 300);
        node.markAll(0, 1_100);
        String during = node.dedup.snapshot().advice();

        node.time.advance(Duration.ofSeconds(90));

        DedupSnapshot after = node.dedup.snapshot();
        assertFalse(during.isEmpty());
        assertEquals("", after.advice());
        assertEquals(100, after.evictedEarly());
        assertEquals(300, after.reachedWindowSeconds());
    }

    @Test
    void shouldNotCallAnIdForgottenEarlyThatWasOlderThanTheWindow() {
        Dedups node = new Dedups(100, 300);
        node.time.advance(Duration.ofSeconds(5));
        node.markAll(0, 100);
        node.time.advance(Duration.ofSeconds(301));

        node.markAll(100, 200);

        DedupSnapshot snapshot = node.dedup.snapshot();
        assertEquals(0, snapshot.evictedEarly());
        assertEquals(100, snapshot.expired());
    }

    @Test
    void shouldCountChecksAndDuplicates() {
        Dedups node = new Dedups(100, 300);

        node.markAll(0, 30);
        node.markAll(0, 10);
        node.dedup.clear();

        DedupSnapshot snapshot = node.dedup.snapshot();
        assertEquals(40, snapshot.checks());
        assertEquals(10, snapshot.hits());
        assertEquals(0.25, snapshot.hitRatio());
        assertEquals("", snapshot.advice());
    }

    @Test
    void shouldLeaveNoTimerBehind() {
        Dedups node = new Dedups(100, 300);
        node.dedup.apply(new DedupSettings(100, 10));
        node.time.runDue();

        node.dedup.close();

        assertEquals(0, node.time.pending());
    }
}
