// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Another thread takes the word all the time, so that most looks are in vain and it has to be taken without one. All
 * ids have one hash: a look takes long enough to be disturbed.
 */
class DedupDisturbedTest {

    private static final int KNOWN = 2_000;
    private static final int ROUNDS = 20;

    private final ManualScheduler time = new ManualScheduler();
    private final Dedup dedup = new Dedup(new DedupSettings(2 * KNOWN, 300), time, time, () -> 0, text -> { });
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread disturber = new Thread(this::disturb, "test-disturber");

    private void disturb() {
        while (!done.get()) {
            dedup.size();
            Thread.onSpinWait();
        }
    }

    @BeforeEach
    void start() {
        for (int n = 0; n < KNOWN; n++) {
            dedup.checkAndMark(n, 0, 0, 0);
        }
        disturber.setDaemon(true);
        disturber.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        done.set(true);
        disturber.join();
    }

    @Test
    void shouldTellNewIdsFromDuplicatesAndCountThem() {
        for (int n = 0; n < ROUNDS; n++) {
            assertFalse(dedup.checkAndMark(n, 0, 0, 0), "known");
            assertTrue(dedup.checkAndMark(KNOWN + n, 0, 0, 0), "new");
            assertFalse(dedup.checkAndMark(KNOWN + n, 0, 0, 0), "not any more");
        }

        assertEquals(2 * ROUNDS, dedup.snapshot().hits());
        assertEquals(KNOWN + 3 * ROUNDS, dedup.snapshot().checks());
        assertEquals(KNOWN + ROUNDS, dedup.size());
    }

    @Test
    void shouldTellWhatWasSeen() {
        for (int n = 0; n < ROUNDS; n++) {
            assertTrue(dedup.hasSeen(n, 0, 0, 0));
            assertFalse(dedup.hasSeen(KNOWN + n, 0, 0, 0));
        }
    }

    @Test
    void shouldTellNewIdsFromDuplicatesInBatches() {
        long[] ids = new long[4 * 4];
        boolean[] fresh = new boolean[4];

        for (int n = 0; n < ROUNDS; n++) {
            ids[0] = n;
            ids[4] = KNOWN + 2 * n;
            ids[8] = n + 1;
            ids[12] = KNOWN + 2 * n + 1;

            assertEquals(2, dedup.checkAndMarkAll(ids, 4, fresh));
            assertArrayEquals(new boolean[] {false, true, false, true}, fresh);
        }

        assertEquals(2 * ROUNDS, dedup.snapshot().hits());
        assertEquals(KNOWN + 2 * ROUNDS, dedup.size());
    }
}
