// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.ippan.network.gossip.StrangersTest.SHORT;
import static org.ippan.network.gossip.StrangersTest.every;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.gossip.Crowd.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strangers that kept up and are last now and then: whether others go faster without them is tried. */
class TrialTest {

    private int brought;

    /** Of nodes that share processors the same is often last, and takes all it gets. */
    @Test
    void shouldWaitForOneThatIsLastForNearlyATenthOfTheTime() {
        Crowd crowd = new Crowd(false, Crowd.FAST);
        Reader last = crowd.honest.get(0);

        crowd.run(Duration.ofMinutes(2), every(2100, () -> last.pause(Duration.ofMillis(190))));

        assertEquals(0, crowd.slow());
        assertEquals(0, crowd.alice.core.context.counters.slowed.sum());
    }

    /** Of few long messages each link is at one nearly always, and one or the other is the last. */
    @Test
    void shouldWaitForThoseThatAreAtALongMessage() {
        Crowd crowd = new Crowd(false, Crowd.STEADY);
        crowd.message = Message.of(FakeNode.TOPIC, new byte[1 << 20]);
        Random random = new Random(1);

        int published = crowd.run(Duration.ofMinutes(2), every(20, () -> crowd.honest.forEach(
                reader -> reader.link.frameTime = Duration.ofMillis(5 + random.nextInt(40)))));

        assertTrue(published > 1000, published + " published");
        assertEquals(0, crowd.slow());
        assertEquals(0, crowd.alice.core.context.counters.slowed.sum());
    }

    /** One that is slowed by those behind it brings their messages, one that only holds others up brings none. */
    @ParameterizedTest
    @CsvSource({"3, true, 0", "3, false, 1", "12, true, 1"})
    void shouldWaitForASlowerStrangerAsFarAsItBringsItsPart(int timesSlower, boolean brings, int slow) {
        Crowd crowd = new Crowd(false, Crowd.FAST);
        Reader one = crowd.honest.get(0);
        crowd.run(Duration.ofSeconds(5), millis -> { });
        one.link.frameTime = Crowd.FAST.multipliedBy(timesSlower);

        crowd.run(Duration.ofMinutes(1), millis -> {
            while (brings && brought < crowd.published) {
                brought++;
                one.bring(brought);
            }
        });

        assertEquals(slow, crowd.slow());
        assertEquals(slow, Math.min(1, crowd.alice.core.context.counters.slowed.sum()));
    }

    /** What one may do, many may not do in turn. */
    @Test
    void shouldCostAPublisherLittleThoughManyPauseInTurn() {
        Crowd crowd = new Crowd(true, Crowd.FAST);
        for (int i = 0; i < 8; i++) {
            crowd.stranger();
        }
        crowd.run(Duration.ofSeconds(5), millis -> { });
        int usual = crowd.run(SHORT, millis -> { });
        Events pauses = every(300, () -> {
            crowd.others.add(crowd.others.remove(0));
            crowd.others.get(0).pause(Duration.ofMillis(190));
        });
        crowd.run(SHORT, pauses);

        double part = (double) crowd.run(SHORT, pauses) / usual;

        assertEquals(0, crowd.slow());
        assertTrue(part >= 0.85, part + " of the undisturbed rate");
    }
}
