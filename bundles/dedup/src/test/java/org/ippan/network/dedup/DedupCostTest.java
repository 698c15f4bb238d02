// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.ippan.network.api.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs in memory. */
class DedupCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedBy(Runnable work) {
        work.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldAllocateNothingForDuplicatesAndLooks() {
        Dedups node = new Dedups(10_000, 300);
        node.markAll(0, 10_000);
        MessageId[] ids = new MessageId[1_000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Dedups.id(i + 9_500L);
        }

        long duplicates = allocatedBy(() -> {
            for (int i = 0; i < 500; i++) {
                node.dedup.checkAndMark(ids[i]);
            }
        });
        long looks = allocatedBy(() -> {
            for (MessageId id : ids) {
                node.dedup.hasSeen(id);
            }
        });

        assertEquals(0, duplicates);
        assertEquals(0, looks);
    }

    @Test
    void shouldAllocateNothingForNewIdsAtCapacity() {
        Dedups node = new Dedups(10_000, 300);
        node.markAll(0, 30_000);
        long[] next = {1};

        long fresh = allocatedBy(() -> {
            for (int i = 0; i < 50_000; i++) {
                node.dedup.checkAndMark(next[0]++, 0, 0, 0);
            }
        });

        assertEquals(0, fresh);
    }

    @Test
    void shouldAllocateNothingForBatchesAtCapacity() {
        Dedups node = new Dedups(10_000, 300);
        node.markAll(0, 30_000);
        long[] ids = new long[4 * 4_096];
        boolean[] fresh = new boolean[4_096];
        long[] next = {1};

        long allocated = allocatedBy(() -> {
            for (int batch = 0; batch < 30; batch++) {
                for (int i = 0; i < fresh.length; i++) {
                    ids[4 * i] = next[0]++;
                }
                node.dedup.checkAndMarkAll(ids, fresh.length, fresh);
                node.dedup.checkAndMarkAll(ids, fresh.length, fresh);
            }
        });

        assertEquals(0, allocated);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 33_333, 100_000, 524_288, 1_000_000})
    void shouldTakeAtMost48BytesForEachIdAtCapacity(int capacity) {
        Dedups node = new Dedups(capacity, 300);

        node.markAll(0, capacity + 1_000L);

        double bytes = (double) node.dedup.snapshot().bytesUsed() / capacity;
        assertEquals(capacity, node.dedup.size());
        assertTrue(bytes <= 48, bytes + " bytes for each id");
    }

    @Test
    void shouldTakeAtMost48BytesForEachIdAfterTheCapacityWasLowered() {
        for (int capacity : new int[] {400_000, 399_999, 150_000, 48_000, 12_345}) {
            Dedups node = new Dedups(400_000, 300);
            node.markAll(0, 400_000);

            node.dedup.apply(new DedupSettings(capacity, 300));
            node.time.runDue();
            node.markAll(400_000, 401_000);

            double bytes = (double) node.dedup.snapshot().bytesUsed() / capacity;
            assertTrue(bytes <= 48, capacity + ": " + bytes + " bytes for each id");
        }
    }

    @Test
    void shouldTakeMemoryOnlyAsIdsArrive() {
        Dedups node = new Dedups(100_000_000, 300);
        long empty = node.dedup.snapshot().bytesUsed();

        node.markAll(0, 100_000);

        long bytes = node.dedup.snapshot().bytesUsed();
        assertTrue(empty < 20_000, empty + " bytes when empty");
        assertTrue(bytes < 100_000 * 60L, bytes + " bytes for 100000 ids");
    }
}
