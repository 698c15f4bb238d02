// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One budget: what peers fill, all of it at once, leaves an idle node what it needs. */
class HeapShareTest {

    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {16, 64, 128, 512, 4096})
    void shouldLeaveWhatAnIdleNodeNeedsThoughAllTablesAreFull(long mib) {
        long heap = mib * MIB;
        long sum = Stream.of(HeapShare.values()).mapToLong(share -> share.of(heap)).sum();

        assertTrue(sum <= HeapShare.all(heap), sum + " bytes of " + HeapShare.all(heap));
        assertTrue(heap - sum >= Math.min(heap / 2, 32 * MIB), heap - sum + " bytes are left");
    }

    @Test
    void shouldFollowTheHeapOfTheJvm() {
        assertEquals(HeapShare.LOGS.of(Runtime.getRuntime().maxMemory()), HeapShare.LOGS.bytes());
        assertEquals(4 * MIB, HeapShare.LOGS.of(64 * MIB));
        assertEquals(60 * MIB, HeapShare.LOGS.of(512 * MIB));
        assertEquals(2 * MIB, HeapShare.LOGS.of(64 * MIB) / 2);
    }
}
