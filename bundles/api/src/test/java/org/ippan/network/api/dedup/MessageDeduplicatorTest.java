// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every deduplicator has without doing anything for it. */
class MessageDeduplicatorTest {

    private final Set<List<Object>> seen = new HashSet<>();

    private final MessageDeduplicator deduplicator = (MessageDeduplicator) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {MessageDeduplicator.class},
            (proxy, method, arguments) -> method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments) : seen.add(List.of(arguments)));

    @Test
    void shouldMarkABatchInOrderAndTakeFourWordsForEachId() {
        long[] ids = {1, 2, 3, 4, 1, 2, 3, 5, 1, 2, 3, 4, 9, 9, 9, 9};
        boolean[] fresh = {false, false, true, true};

        int news = deduplicator.checkAndMarkAll(ids, 3, fresh);

        assertEquals(2, news);
        assertArrayEquals(new boolean[] {true, true, false, true}, fresh);
        assertEquals(Set.of(List.of(1L, 2L, 3L, 4L), List.of(1L, 2L, 3L, 5L)), seen);
    }

    @Test
    void shouldMarkNothingOfABatchThatDoesNotFitItsArrays() {
        assertThrows(IndexOutOfBoundsException.class,
                () -> deduplicator.checkAndMarkAll(new long[7], 2, new boolean[2]));
        assertThrows(IndexOutOfBoundsException.class,
                () -> deduplicator.checkAndMarkAll(new long[8], 2, new boolean[1]));
        assertThrows(IndexOutOfBoundsException.class,
                () -> deduplicator.checkAndMarkAll(new long[8], -1, new boolean[2]));
        assertTrue(seen.isEmpty());
    }
}
