// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What publishing says while it waits, and when it gives up. */
class PatienceTest {

    private static final String WHY = "0 of 1 peers connected (--min-peers)";

    private final List<String> told = new ArrayList<>();
    private long now = Long.MAX_VALUE - 7;

    private Patience patience(int seconds) {
        return new Patience(seconds, told::add, () -> now);
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void shouldNameWhatItWaitsForAfterTwoSecondsAndOnceAMinute() {
        Patience patience = patience(0);

        for (int i = 0; i < 200; i++) {
            assertFalse(patience.exhausted(WHY));
            pass(1);
        }

        assertEquals(4, told.size());
        assertEquals("ippan-node: waiting to publish: " + WHY, told.get(0));
    }

    @Test
    void shouldGiveUpAfterItsTimeAndSayWhatWasMissing() {
        Patience patience = patience(30);

        pass(29);
        assertFalse(patience.exhausted(WHY));
        pass(1);

        assertTrue(patience.exhausted(WHY));
        assertEquals("ippan-node: gave up publishing after 30 s (--timeout): " + WHY, told.get(1));
    }

    @Test
    void shouldWaitAnewAfterProgress() {
        Patience patience = patience(30);

        pass(29);
        patience.progress();
        pass(29);

        assertFalse(patience.exhausted(WHY));
    }
}
