// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.junit.jupiter.api.Test;

/** Which ids go, when, and as what that counts. */
class IdWindowTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LENGTH = 320;
    private static final int TICK = 10;

    private final SeenIds ids = new SeenIds(new KeyedHash(new Random(1)), 3);
    private final IdWindow window = new IdWindow(ids, LENGTH * SECOND, 0);

    private long tag(long id) {
        return ids.tag(id, 1, 2, 3);
    }

    private void add(long... numbers) {
        for (long id : numbers) {
            window.add(tag(id), id, 1, 2, 3);
        }
    }

    /** Those that are remembered, of the first ten. */
    private List<Long> remembered() {
        return LongStream.rangeClosed(1, 10).filter(id -> ids.contains(tag(id), id, 1, 2, 3)).boxed().toList();
    }

    private DedupSnapshot at(long seconds) {
        return window.reading(seconds * SECOND).snapshot(0);
    }

    /** Ticks up to a time. */
    private void tickUntil(long from, long to) {
        for (long seconds = from; seconds <= to; seconds += TICK) {
            window.forget(seconds * SECOND);
        }
    }

    @Test
    void shouldAddAnIdOnce() {
        assertTrue(window.addIfNew(tag(1), 1, 1, 2, 3));
        assertFalse(window.addIfNew(tag(1), 1, 1, 2, 3));
        assertTrue(window.addIfNew(tag(2), 2, 1, 2, 3));
        assertEquals(2, at(0).checks(), "as hits are counted elsewhere");
    }

    @Test
    void shouldForgetTheOldestEarlyWhereThereIsNoRoom() {
        add(1, 2, 3);
        long before = at(0).evictedEarly();
        add(4, 5);

        assertEquals(0, before);
        assertEquals(List.of(3L, 4L, 5L), remembered());
        assertEquals(2, at(0).evictedEarly());
        assertEquals(0, at(0).expired());
        assertTrue(window.beginsEarly(0));
        assertFalse(window.beginsEarly(0));
    }

    @Test
    void shouldCallNoIdForgottenEarlyThatWouldHaveGoneWithTheNextTick() {
        add(1, 2);
        tickUntil(TICK, 2 * TICK);
        add(3);
        tickUntil(3 * TICK, LENGTH);
        List<Long> last = remembered();

        add(4, 5);
        long early = at(LENGTH).evictedEarly();
        long expired = at(LENGTH).expired();
        add(6);

        assertEquals(List.of(1L, 2L, 3L), last);
        assertEquals(List.of(0L, 2L), List.of(early, expired));
        assertEquals(1, at(LENGTH).evictedEarly());
        assertEquals(2, at(LENGTH).expired());
    }

    @Test
    void shouldForgetWhatIsOlderThanTheWindow() {
        add(1);
        tickUntil(TICK, TICK);
        add(2);
        tickUntil(2 * TICK, LENGTH);
        List<Long> inTime = remembered();
        tickUntil(LENGTH + TICK, LENGTH + TICK);
        List<Long> later = remembered();
        tickUntil(LENGTH + 2 * TICK, LENGTH + 2 * TICK);

        assertEquals(List.of(1L, 2L), inTime);
        assertEquals(List.of(2L), later);
        assertEquals(List.of(), remembered());
        assertEquals(2, at(LENGTH + 2 * TICK).expired());
        assertFalse(window.beginsEarly(LENGTH * SECOND));
    }

    @Test
    void shouldTellHowOldTheOldestIs() {
        double none = at(5).oldestAgeSeconds();
        window.forget(TICK * SECOND);
        add(1);
        window.forget(2 * TICK * SECOND);

        assertEquals(0, none);
        assertEquals(40 - TICK, at(40).oldestAgeSeconds());
    }

    @Test
    void shouldTakeChangedSettingsOverAtOnce() {
        add(1, 2, 3);

        boolean smaller = window.apply(new DedupSettings(2, LENGTH), SECOND);
        List<Long> left = remembered();
        boolean shorter = window.apply(new DedupSettings(2, 1), 10 * SECOND);
        window.forget(11 * SECOND);

        assertFalse(smaller);
        assertEquals(List.of(2L, 3L), left);
        assertEquals(1, at(1).evictedEarly());
        assertTrue(shorter);
        assertEquals(1, at(1).windowSeconds());
        assertEquals(List.of(), remembered());
        assertEquals(2, at(1).expired());
    }

    @Test
    void shouldLookOftenButNotLessThanEveryTenSeconds() {
        assertEquals(SECOND, IdWindow.tickNanos(32 * SECOND));
        assertEquals(10 * SECOND, IdWindow.tickNanos(86_400 * SECOND));
    }
}
