// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When everything is looked at. */
class ClockworkTest {

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(25);

    private final ManualScheduler time = new ManualScheduler();
    private Duration rest = IDLE.multipliedBy(2);
    private final Clockwork clockwork = new Clockwork(new FakeNode(time, 1).core.context, time,
            List.of(now -> look()), List.of(() -> false), now -> rest.toNanos());
    private int looks;
    /** Whether the next look finds that there is something to do soon. */
    private boolean wakes;

    @BeforeEach
    void start() {
        clockwork.start();
    }

    private void look() {
        looks++;
        if (wakes) {
            wakes = false;
            clockwork.wake();
        }
    }

    private int looksWithin(Duration duration) {
        looks = 0;
        time.advance(duration);
        return looks;
    }

    @Test
    void shouldLookRarelyWhileThereIsNothingToDoAndSoonWhenItIsWoken() {
        int idle = looksWithin(IDLE.multipliedBy(4));
        clockwork.wake();
        clockwork.wake();

        assertEquals(4, idle);
        assertEquals(1, looksWithin(SOON));
        assertEquals(1, looksWithin(IDLE));
    }

    @Test
    void shouldLookAgainSoonWhenItIsWokenWhileItLooks() {
        wakes = true;

        assertEquals(1, looksWithin(IDLE));
        assertEquals(1, looksWithin(SOON));
        assertEquals(1, looksWithin(IDLE));
    }

    /** Each look sets the next one: a second one beside it would go on for ever. */
    @Test
    void shouldLookAsRarelyAsBeforeHoweverOftenItWasWokenWhileItLooked() {
        for (int i = 0; i < 10; i++) {
            wakes = true;
            looksWithin(IDLE.multipliedBy(2));
        }

        assertEquals(20, looksWithin(IDLE.multipliedBy(20)));
    }

    @Test
    void shouldLookWhenItsRestIsOverButNeverMoreOftenThanWhileItIsBusy() {
        rest = Duration.ofMillis(100);
        looksWithin(IDLE);
        int inTime = looksWithin(IDLE);
        rest = Duration.ZERO;
        looksWithin(Duration.ofMillis(100));

        assertEquals(5, inTime);
        assertEquals(20, looksWithin(IDLE));
    }
}
