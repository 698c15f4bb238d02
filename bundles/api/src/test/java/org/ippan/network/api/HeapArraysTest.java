// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeapArraysTest {

    private static final int MIB = 1 << 20;

    @Test
    void shouldCountWholeRegionsForLongArrays() {
        assertEquals(65_536, HeapArrays.taken(65_536));
        assertEquals(MIB / 2 - 17, HeapArrays.taken(MIB / 2 - 17));
        assertEquals(MIB, HeapArrays.taken(MIB / 2 - 16));
        assertEquals(MIB, HeapArrays.taken(MIB - 16));
        assertEquals(2 * MIB, HeapArrays.taken(MIB));
        assertEquals(17L * MIB, HeapArrays.taken(16 * MIB));
    }
}
