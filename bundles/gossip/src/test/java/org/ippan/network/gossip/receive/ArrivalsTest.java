// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What was read in one go waits as it came, within bounds. */
class ArrivalsTest {

    private final Arrivals.Pool pool = new Arrivals.Pool();
    private final Arrivals arrivals = pool.take();

    private static ByteBuffer body(int length, int value) {
        byte[] body = new byte[length + 2];
        java.util.Arrays.fill(body, (byte) value);
        return ByteBuffer.wrap(body, 1, length);
    }

    @Test
    void shouldKeepACopyOfEachBodyInOrder() {
        ByteBuffer first = body(100, 1);
        assertTrue(arrivals.keep(first, true));
        assertTrue(arrivals.keep(body(50, 2), false));
        first.put(1, (byte) 9);

        Arrival one = arrivals.examine();
        assertEquals(body(100, 1), one.body);
        assertTrue(one.header.solicited);
        Arrival two = arrivals.examine();
        assertEquals(body(50, 2), two.body);
        assertFalse(two.header.solicited);
        assertNull(arrivals.examine());
    }

    @Test
    void shouldKeepNeitherLongBodiesNorMoreThanItHasRoomFor() {
        assertFalse(arrivals.keep(body(16 * 1024 + 1, 1), false));
        for (int i = 0; i < 8; i++) {
            assertTrue(arrivals.keep(body(16 * 1024, i), false));
        }
        assertFalse(arrivals.keep(body(1, 1), false));

        arrivals.clear();
        for (int i = 0; i < 512; i++) {
            assertTrue(arrivals.keep(body(1, i), false));
        }
        assertFalse(arrivals.keep(body(1, 1), false));
    }

    @Test
    void shouldBeUsedAgainAndHoldNothingThen() {
        arrivals.keep(body(10, 1), false);
        arrivals.sound(arrivals.examine());
        arrivals.keep(body(10, 2), false);
        pool.giveBack(arrivals);

        assertSame(arrivals, pool.take());
        assertNull(arrivals.examine());
        assertEquals(0, arrivals.soundCount);
    }
}
