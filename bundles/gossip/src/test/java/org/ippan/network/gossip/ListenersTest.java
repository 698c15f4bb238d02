// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Listeners that are slow, throw, leave, or want little: none is the trouble of another. */
class ListenersTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);

    @Test
    void shouldDropByTheRuleOfTheListenerAndHoldNoRoom() {
        FakeNode slow = FakeNode.slow(time, 3, 1000, Map.of());
        List<String> oldest = new ArrayList<>();
        List<String> newest = new ArrayList<>();
        slow.listen(message -> oldest.add(FakeNode.text(message)),
                Map.of(GossipListener.QUEUE, "2", GossipListener.OVERFLOW, "drop-oldest"));
        slow.listen(message -> newest.add(FakeNode.text(message)),
                Map.of(GossipListener.QUEUE, 2, GossipListener.OVERFLOW, "drop-newest"));
        alice.connect(slow);

        for (int i = 0; i < 5; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(100));
        boolean namedSlow = slow.snapshot().listeners().get(1).slow();
        time.advance(Duration.ofSeconds(8));

        assertTrue(namedSlow);
        assertEquals(List.of("m3", "m4"), oldest);
        assertEquals(List.of("m0", "m1"), newest);
        assertEquals(3, slow.snapshot().listeners().get(1).dropped());
        assertEquals(3, slow.snapshot().listeners().get(2).dropped());
        assertFalse(slow.snapshot().listeners().get(1).slow());
        assertEquals(0, slow.core.room.messages());
    }

    @Test
    void shouldGiveTheRoomBackOfAListenerThatGoesAway() {
        FakeNode slow = FakeNode.slow(time, 3, 1000, Map.of("listenerQueue", "1"));
        List<String> gone = new ArrayList<>();
        GossipListener listener = message -> gone.add(FakeNode.text(message));
        slow.listen(listener, Map.of(GossipListener.QUEUE, "1"));
        alice.connect(slow);
        for (int i = 0; i < 5; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofMillis(100));

        slow.core.subscriptions.removeListener(listener);
        time.advance(Duration.ofSeconds(20));

        assertEquals(List.of(), gone);
        assertEquals(5, slow.received.size());
        assertEquals(0, slow.core.room.messages());
        assertEquals(0, slow.core.room.bytes());
    }

    @Test
    void shouldIsolateAndCountAListenerThatThrows() {
        bob.listen(message -> {
            throw new StackOverflowError();
        });
        alice.connect(bob);

        alice.publish("x");
        alice.publish("y");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("x", "y"), bob.received);
        assertEquals(2, bob.snapshot().listeners().get(1).failures());
        assertEquals(2, bob.reputation.score(alice.id).value());
    }

    @Test
    void shouldDeliverOnlyTheTopicsAListenerWants() {
        List<ReceivedMessage> below = new ArrayList<>();
        bob.listen(below::add, Map.of(GossipListener.TOPIC, new String[] {"other", "te/*"}));
        alice.connect(bob);

        alice.publish("x");
        time.advance(Duration.ofSeconds(1));

        assertEquals(0, below.size());
        assertEquals(1, bob.received.size());
    }
}
