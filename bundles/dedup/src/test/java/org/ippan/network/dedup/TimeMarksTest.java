// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When ids came, to the nanosecond; and whether ids go too early is news. */
class TimeMarksTest {

    /** A segment is 1 000 long. */
    private static final long WINDOW = 64_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final TimeMarks marks = new TimeMarks(0);
    private final EarlyEviction early = new EarlyEviction();

    @Test
    void shouldForgetWhatIsOlderThanTheWindowAndNotAMomentSooner() {
        marks.tick(1_000, 10, WINDOW);
        marks.tick(2_000, 20, WINDOW);

        assertEquals(0, marks.expired(1_000 + WINDOW - 1, WINDOW));
        assertEquals(10, marks.expired(1_000 + WINDOW, WINDOW));
        assertEquals(10, marks.expired(2_000 + WINDOW - 1, WINDOW));
        assertEquals(20, marks.expired(2_000 + WINDOW, WINDOW));
    }

    @Test
    void shouldCloseASegmentOnlyWhenItIsLongEnough() {
        marks.tick(999, 10, WINDOW);
        marks.tick(1_000, 11, WINDOW);

        assertEquals(11, marks.expired(1_000 + WINDOW, WINDOW));
    }

    @Test
    void shouldLetAnEmptySegmentGrowWhileNoIdsCome() {
        marks.tick(1_000, 10, WINDOW);
        for (long now = 2_000; now <= 3_000; now += 10) {
            marks.tick(now, 10, WINDOW);
        }
        marks.tick(3_500, 11, WINDOW);
        marks.tick(4_000, 11, WINDOW);

        assertEquals(3_000, marks.arrival(10, 9_000, 20));
        assertEquals(10, marks.expired(4_000 + WINDOW - 1, WINDOW));
        assertEquals(11, marks.expired(4_000 + WINDOW, WINDOW));
    }

    @Test
    void shouldTellFromWhichIdOnAllAreYoung() {
        marks.tick(1_000, 10, WINDOW);

        assertEquals(0, marks.young(WINDOW - 1, WINDOW, 20));
        assertEquals(10, marks.young(WINDOW, WINDOW, 20));
        assertEquals(10, marks.young(1_000 + WINDOW - 1, WINDOW, 20));
        assertEquals(20, marks.young(1_000 + WINDOW, WINDOW, 20));
    }

    @Test
    void shouldTellAboutWhenAnIdCame() {
        marks.tick(1_000, 10, WINDOW);

        assertEquals(0, marks.arrival(0, 2_000, 20));
        assertEquals(500, marks.arrival(5, 2_000, 20));
        assertEquals(1_000, marks.arrival(10, 2_000, 20));
        assertEquals(1_500, marks.arrival(15, 2_000, 20));
        assertEquals(2_000, marks.arrival(10, 2_000, 10), "none came since");
    }

    @Test
    void shouldRememberMoreMarksThanThereWasRoomForAtFirst() {
        for (int i = 1; i <= 300; i++) {
            marks.tick(1_000L * i, 10L * i, WINDOW);
        }

        for (int i = 0; i < 300; i++) {
            assertEquals(1_000L * i, marks.arrival(10L * i, 400_000, 5_000));
        }
        assertEquals(2_360, marks.expired(300_000, WINDOW));
        assertEquals(236_000, marks.arrival(2_360, 400_000, 5_000));
    }

    @Test
    void shouldTellOnceThatIdsGoTooEarly() {
        assertFalse(early.isRecent(0));
        assertFalse(early.begins(0));

        early.add(3);
        assertTrue(early.isRecent(10));
        assertTrue(early.begins(10));
        early.add(4);

        assertFalse(early.begins(20), "it goes on");
        assertEquals(7, early.count());
        assertTrue(early.isRecent(20 + MINUTE - 1));
        assertFalse(early.isRecent(20 + MINUTE));
    }

    @Test
    void shouldTellAgainWhenItWasOverForAMinute() {
        early.add(1);
        early.begins(0);
        boolean soon = early.begins(MINUTE - 1);
        boolean over = early.begins(MINUTE);
        early.add(1);

        assertFalse(soon || over);
        assertTrue(early.begins(MINUTE + 1));
    }
}
