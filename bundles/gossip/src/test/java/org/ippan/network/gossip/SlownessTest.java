// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** How long others wait for one link. */
class SlownessTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);

    @Test
    void shouldWaitNoLongerThanFiveSecondsForOneSlowLinkAmongOthers() {
        alice.connect(bob);
        FakeNode carol = new FakeNode(time, 3);
        FakeLink slow = alice.connect(carol);
        slow.stick(true);
        int published = alice.fill(Priority.NORMAL, "m");

        time.advance(Duration.ofMillis(4500));
        Status before = alice.publish("x").status();
        time.advance(Duration.ofSeconds(2));
        Status after = alice.publish("x").status();
        boolean wasSlow = alice.link(1).isSlow();
        slow.stick(false);
        time.advance(Duration.ofSeconds(12));
        boolean isSlow = alice.link(1).isSlow();
        slow.stick(true);
        alice.fill(Priority.NORMAL, "n");
        Status again = alice.publish("y").status();

        assertEquals(Status.BACKPRESSURE, before);
        assertEquals(Status.ACCEPTED, after);
        assertTrue(wasSlow);
        assertFalse(isSlow);
        assertEquals(Status.BACKPRESSURE, again);
        assertEquals(published + 1, carol.received.size());
        assertEquals(1, alice.core.context.counters.slowed.sum());
    }

    /** One that takes a little all the time holds up the others as much as one that takes nothing. */
    @Test
    void shouldTakeALinkForSlowThoughItAlwaysMoves() {
        alice.connect(bob);
        FakeLink slow = alice.connect(new FakeNode(time, 3));
        slow.fillBytes = 1;
        slow.frameTime = Duration.ofMillis(500);

        for (int i = 0; i < 45; i++) {
            alice.fill(Priority.NORMAL, i + "m");
            time.advance(Duration.ofMillis(100));
        }
        boolean before = alice.link(1).isSlow();
        for (int i = 0; i < 15; i++) {
            alice.fill(Priority.NORMAL, i + "n");
            time.advance(Duration.ofMillis(100));
            if (alice.link(1).isSlow()) {
                break;
            }
        }

        assertFalse(before);
        assertTrue(alice.link(1).isSlow());
        assertEquals(Status.ACCEPTED, alice.publish("x").status());
    }

    /** What is before it is little, as publishers may have no more under way: they wait for it all the same. */
    @Test
    void shouldTakeALinkForSlowThatHoldsASmallWindow() {
        alice.settings.put("cacheBytes", 2 << 20);
        alice.restart();
        alice.connect(bob);
        alice.connect(new FakeNode(time, 3)).stick(true);
        int published = fillWindow("m");

        time.advance(Duration.ofMillis(4500));
        Status before = alice.publish("x").status();
        time.advance(Duration.ofSeconds(2));
        Status after = alice.publish("x").status();

        assertTrue(published <= 128, published + " KiB under way");
        assertEquals(Status.BACKPRESSURE, before);
        assertTrue(alice.link(1).isSlow());
        assertEquals(Status.ACCEPTED, after);
    }

    /** While a link has little and the window is not full, publishers wait for none. */
    @Test
    void shouldTakeNoLinkForSlowThatHoldsLittleOfAWindow() {
        alice.connect(bob);
        alice.connect(new FakeNode(time, 3)).stick(true);
        for (int i = 0; i < 100; i++) {
            alice.publish(i + "m".repeat(1024));
        }

        time.advance(Duration.ofSeconds(30));

        assertFalse(alice.link(1).isSlow());
    }

    private int fillWindow(String name) {
        int accepted = 0;
        while (alice.publish(name + accepted + "x".repeat(1024)).accepted()) {
            accepted++;
        }
        return accepted;
    }

    @Test
    void shouldTakeNoLinkForSlowWhereAllAre() {
        alice.connect(bob).stick(true);
        alice.connect(new FakeNode(time, 3)).stick(true);
        alice.fill(Priority.NORMAL, "m");

        time.advance(Duration.ofSeconds(30));

        assertEquals(0, alice.snapshot().slowLinks());
        assertEquals(Status.BACKPRESSURE, alice.publish("x").status());
    }

    @Test
    void shouldWaitForTheOnlyLinkHoweverSlow() {
        alice.connect(bob).stick(true);
        alice.fill(Priority.NORMAL, "m");

        time.advance(Duration.ofSeconds(30));

        assertEquals(Status.BACKPRESSURE, alice.publish("x").status());
    }
}
