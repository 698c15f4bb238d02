// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.Eventually;
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

        slow.core.subscriptions.removeListener(listener, Map.of());
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
        isIsolatedAndCounted();
        assertEquals(2, bob.reputation.score(alice.id).value());
    }

    /** A listener of bob that fails costs the other one nothing. */
    private void isIsolatedAndCounted() {
        alice.connect(bob);

        alice.publish("x");
        alice.publish("y");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("x", "y"), bob.received);
        assertEquals(2, bob.snapshot().listeners().get(1).failures());
    }

    /** What is thrown may fail in its turn: the listener is called all the same, and so are the others. */
    @Test
    void shouldIsolateAListenerWhoseExceptionCannotSayWhatItIs() {
        bob.listen(message -> {
            throw new IllegalStateException("no database") {

                private static final long serialVersionUID = 1;

                @Override
                public String toString() {
                    throw new StackOverflowError();
                }
            };
        });
        isIsolatedAndCounted();
        assertEquals(2, bob.faults.callbackFaults().get(0).count());
        assertEquals(0, bob.core.room.messages());
    }

    /** Service properties may be any objects, whose methods may fail. */
    @Test
    void shouldRefusePropertiesThatCannotSayWhatTheyAre() {
        List<String> got = new ArrayList<>();
        Object broken = new Object() {

            @Override
            public String toString() {
                throw new IllegalStateException("no translation");
            }
        };
        List<Object> endless = new AbstractList<>() {

            @Override
            public Object get(int index) {
                throw new StackOverflowError();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        long id = 1;
        for (Object wrong : List.of(broken, endless, new Object[] {broken}, Arrays.asList("a", null), Map.of())) {
            for (String key : List.of(GossipListener.TOPIC, GossipListener.QUEUE, GossipListener.OVERFLOW)) {
                Map<String, Object> properties = new HashMap<>(Map.of("service.id", id++, GossipListener.TOPIC, "*"));
                properties.put(key, wrong);
                bob.core.subscriptions.listener(message -> got.add(FakeNode.text(message)), properties);
            }
        }

        alice.connect(bob);
        alice.publish("x");
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of(), got);
        assertEquals(15, bob.faults.callbackFaults().stream().filter(fault -> fault.problem()
                == CallbackProblem.REFUSED).count());
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

    private static String text(int number, int length) {
        return number + "x".repeat(length);
    }

    /** Numbers of the messages of {@link #text}. */
    private static List<Integer> numbers(List<String> texts) {
        return texts.stream().map(text -> Integer.valueOf(text.substring(0, text.indexOf('x')))).toList();
    }

    private FakeNode slowWithRoomOf(long bytes) {
        FakeNode slow = FakeNode.slow(time, 3, 1000, Map.of("maxMessageBytes", "40000", "validationQueueBytes", bytes));
        alice.connect(slow);
        return slow;
    }

    @Test
    void shouldBoundQueuesInBytesTooByTheRuleOfTheListener() {
        FakeNode slow = slowWithRoomOf(4 * 32_000);
        List<String> oldest = new ArrayList<>();
        List<String> newest = new ArrayList<>();
        slow.listen(message -> oldest.add(FakeNode.text(message)), Map.of(GossipListener.OVERFLOW, "drop-oldest"));
        slow.listen(message -> newest.add(FakeNode.text(message)), Map.of(GossipListener.OVERFLOW, "drop-newest"));

        for (int i = 0; i < 6; i++) {
            alice.publish(text(i, i == 5 ? 25_000 : 10_000));
        }
        time.advance(Duration.ofSeconds(20));

        assertEquals(List.of(5), numbers(oldest));
        assertEquals(List.of(0, 1, 2), numbers(newest));
        assertEquals(5, slow.snapshot().listeners().get(1).dropped());
        assertEquals(3, slow.snapshot().listeners().get(2).dropped());
        assertEquals(6, slow.received.size());
    }

    @Test
    void shouldHoldRoomForWhatIsBeyondTheBytesOfAQueueAndGiveItBackInOrder() {
        FakeNode slow = slowWithRoomOf(4 * 64_000);

        for (int i = 0; i < 9; i++) {
            alice.publish(text(i, 20_000));
        }
        time.advance(Duration.ofMillis(100));

        assertEquals(3, slow.snapshot().validationQueued());
        assertEquals(1, slow.snapshot().pausedLinks());
        assertEquals(6, slow.snapshot().listeners().get(0).queued());
        time.advance(Duration.ofSeconds(20));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), numbers(slow.received));
        assertEquals(0, slow.core.room.messages());
        assertEquals(0, slow.core.room.bytes());
    }

    /** Whom messages were delivered to last must not be kept with what is used again for the next. */
    @Test
    void shouldNotHoldAListenerThatWentThoughNothingMoreComes() {
        WeakReference<GossipListener> gone = heardOnce();

        Eventually.until("it is collected", Duration.ofSeconds(10), () -> {
            System.gc();
            return gone.get() == null;
        });
    }

    private WeakReference<GossipListener> heardOnce() {
        List<String> heard = new ArrayList<>();
        GossipListener listener = message -> heard.add(FakeNode.text(message));
        bob.listen(listener);
        alice.connect(bob);
        alice.publish("m");
        time.advance(Duration.ofSeconds(1));
        bob.core.subscriptions.removeListener(listener, Map.of());
        assertEquals(List.of("m"), heard);
        return new WeakReference<>(listener);
    }

    @Test
    void shouldQueueOneMessageOfAnyLength() {
        FakeNode slow = slowWithRoomOf(40_000);

        alice.publish(text(0, 39_000));
        time.advance(Duration.ofMillis(100));

        assertEquals(0, slow.core.room.messages());
        assertEquals(1, slow.snapshot().listeners().get(0).queued());
        time.advance(Duration.ofSeconds(3));
        assertEquals(1, slow.received.size());
    }

    /** Messages of 1 MiB, more than a small heap holds. */
    @Test
    void shouldKeepLittleOfManyLongMessages() {
        FakeNode slow = FakeNode.slow(time, 3, 10_000, Map.of());
        FakeLink link = slow.connect(new FakeNode(time, 4));
        byte[] payload = new byte[1 << 20];
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 0, payload.length);
        int given = 0;
        while (link.reads() && given < 1024) {
            ByteBuffer body = ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip();
            link.give(FrameType.GOSSIP, 0, body.putInt(head.length, given++));
            time.runDue();
        }

        assertTrue(given < 16, given + " messages of 1 MiB were taken in");
    }
}
