// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registration is a service, whatever its object; its properties may change, and may be wrong. */
class RegistrationsTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);
    private final List<String> got = new ArrayList<>();
    private final GossipListener listener = message -> got.add(message.topic() + ":" + FakeNode.text(message));

    @BeforeEach
    void connect() {
        alice.connect(bob);
    }

    private static Map<String, Object> properties(long id, Object topic, Object... others) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("service.id", id);
        if (topic != null) {
            properties.put(GossipListener.TOPIC, topic);
        }
        for (int i = 0; i < others.length; i += 2) {
            properties.put((String) others[i], others[i + 1]);
        }
        return properties;
    }

    private void publish(String topic, String text) {
        alice.core.publish(Message.of(Topic.of(topic), text.getBytes()));
        time.advance(Duration.ofMillis(200));
    }

    @Test
    void shouldKeepOneRegistrationOfAListenerWhenAnotherEnds() {
        bob.core.subscriptions.listener(listener, properties(1, "a"));
        bob.core.subscriptions.listener(listener, properties(2, "b"));

        bob.core.subscriptions.removeListener(listener, properties(1, "a"));
        publish("a", "1");
        publish("b", "1");

        assertEquals(List.of("b:1"), got);
    }

    @Test
    void shouldForgetAListenerThatGoesInsideItsCallAndThrows() {
        GossipListener[] self = new GossipListener[1];
        self[0] = message -> {
            bob.core.subscriptions.removeListener(self[0], properties(1, "a"));
            throw new IllegalStateException("no database");
        };
        bob.core.subscriptions.listener(self[0], properties(1, "a"));

        publish("a", "1");

        assertEquals(List.of(), bob.faults.callbackFaults());
    }

    @Test
    void shouldHandOnWhatWaitsForAValidatorThatDoesNotJudgeItsTopicAnyMore() {
        bob.core.subscriptions.listener(listener, properties(1, "*"));
        MessageValidator none = message -> {
            bob.core.subscriptions.validator(other(), properties(2, "b"));
            return Verdict.ACCEPT;
        };
        bob.core.subscriptions.validator(none, properties(2, "a"));

        publish("a", "1");
        publish("a", "2");

        assertEquals(List.of("a:1", "a:2"), got);
    }

    private static MessageValidator other() {
        return message -> Verdict.IGNORE;
    }

    @Test
    void shouldKeepOneRegistrationOfAValidatorWhenAnotherEnds() {
        MessageValidator none = message -> Verdict.IGNORE;
        bob.core.subscriptions.listener(listener, properties(1, "*"));
        bob.core.subscriptions.validator(none, properties(2, "a"));
        bob.core.subscriptions.validator(none, properties(3, "b"));

        bob.core.subscriptions.removeValidator(none, properties(2, "a"));
        publish("a", "1");
        publish("b", "1");

        assertEquals(List.of("a:1"), got);
    }

    @Test
    void shouldFollowTheChangedTopicsOfAListener() {
        bob.core.subscriptions.listener(listener, properties(1, "old"));
        publish("old", "1");
        publish("new", "1");

        bob.core.subscriptions.listener(listener, properties(1, List.of("new", "more/*")));
        publish("old", "2");
        publish("new", "2");
        publish("more/a", "3");

        assertEquals(List.of("old:1", "new:2", "more/a:3"), got);
        assertEquals("new, more/*", bob.snapshot().listeners().get(1).topics());
        assertEquals(2, bob.snapshot().listeners().size());
        assertEquals(3, bob.snapshot().listeners().get(1).delivered());
    }

    @Test
    void shouldFollowTheChangedQueueOfAListener() {
        bob.core.subscriptions.listener(listener, properties(1, "a", GossipListener.QUEUE, 5));

        bob.core.subscriptions.listener(listener, properties(1, "a", GossipListener.QUEUE, "7"));

        assertEquals(7, bob.snapshot().listeners().get(1).capacity());
    }

    @Test
    void shouldFollowTheChangedTopicsAndRankingOfAValidator() {
        List<String> asked = new ArrayList<>();
        MessageValidator first = message -> {
            asked.add("first");
            return Verdict.ACCEPT;
        };
        MessageValidator second = message -> {
            asked.add("second");
            return Verdict.ACCEPT;
        };
        bob.core.subscriptions.validator(first, properties(1, "old", "service.ranking", 2));
        bob.core.subscriptions.validator(second, properties(2, "new", "service.ranking", 1));

        bob.core.subscriptions.validator(first, properties(1, "new", "service.ranking", 0));
        publish("old", "1");
        publish("new", "1");

        assertEquals(List.of("second", "first"), asked);
    }

    @Test
    void shouldNameEveryWrongPropertyWithItsRuleAndRegisterNothing() {
        bob.core.subscriptions.listener(listener, properties(1, "prices*", GossipListener.QUEUE, "many",
                GossipListener.OVERFLOW, "drop"));
        publish("prices*", "1");

        assertEquals(List.of(), got);
        String text = bob.faults.callbackFaults().get(0).detail();
        assertEquals(CallbackProblem.REFUSED, bob.faults.callbackFaults().get(0).problem());
        assertTrue(text.contains("ippan.topic = prices*: must be a topic's name (1 to 64 bytes"), text);
        assertTrue(text.contains("ippan.queue = many: must be one whole number from 1 to 1000000"), text);
        assertTrue(text.contains("ippan.overflow = drop: must be one of block, drop-oldest, drop-newest"), text);
        assertTrue(bob.warned.get(0).contains(text), bob.warned.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/*/b", "**", "/*", "*/", "a*", "line\nfeed",
        "0123456789012345678901234567890123456789012345678901234567890123456789"})
    void shouldRefuseWhatIsNoTopicForListenersAndValidators(String topic) {
        bob.core.subscriptions.listener(listener, properties(1, topic));
        bob.core.subscriptions.listener(listener, properties(2, new String[] {"good", topic}));
        bob.core.subscriptions.validator(message -> Verdict.REJECT, properties(3, topic));
        publish("good", "1");

        assertEquals(List.of(), got);
        assertEquals(3, bob.faults.callbackFaults().size());
        assertEquals(1, bob.snapshot().listeners().size());
    }

    @Test
    void shouldRefuseTopicsThatAreMissingOrNoText() {
        bob.core.subscriptions.listener(listener, properties(1, null, "ippan.topics", "news"));
        bob.core.subscriptions.listener(listener, properties(2, List.of()));
        bob.core.subscriptions.listener(listener, properties(3, 7));
        bob.core.subscriptions.listener(listener, properties(4, "news", GossipListener.QUEUE, 0));
        bob.core.subscriptions.listener(listener, properties(5, "news", GossipListener.QUEUE, 2.5));
        bob.core.subscriptions.listener(listener, properties(6, "news", GossipListener.QUEUE, 1_000_001));

        assertEquals(6, bob.faults.callbackFaults().stream()
                .filter(fault -> fault.problem() == CallbackProblem.REFUSED).count());
        assertEquals(1, bob.snapshot().listeners().size());
    }

    @Test
    void shouldTakeTheOnlyValueOfAListAndNameListsThatHaveNoneOrMore() {
        bob.core.subscriptions.listener(listener, properties(1, "a", GossipListener.QUEUE, new int[] {5},
                GossipListener.OVERFLOW, List.of("drop-oldest")));
        bob.core.subscriptions.listener(listener, properties(2, "b", GossipListener.QUEUE, new long[] {5, 6},
                GossipListener.OVERFLOW, new String[0]));
        bob.core.subscriptions.listener(listener, properties(3, new char[] {'c'}));

        assertEquals(5, bob.snapshot().listeners().get(1).capacity());
        assertEquals(Overflow.DROP_OLDEST, bob.snapshot().listeners().get(1).overflow());
        assertEquals(2, bob.snapshot().listeners().size());
        String texts = bob.faults.callbackFaults().toString();
        assertTrue(texts.contains("ippan.queue = 5, 6: must be one whole number"), texts);
        assertTrue(texts.contains("ippan.overflow is empty: must be one of block"), texts);
        assertTrue(texts.contains("ippan.topic = c: must be a topic's name"), texts);
    }

    @Test
    void shouldWorkOnWithTheLastGoodPropertiesUntilTheyAreRightAgain() {
        bob.core.subscriptions.listener(listener, properties(1, "a"));

        bob.core.subscriptions.listener(listener, properties(1, "a/*/b"));
        publish("a", "1");
        int refused = bob.faults.callbackFaults().size();
        bob.core.subscriptions.listener(listener, properties(1, "b"));
        publish("b", "2");

        assertEquals(List.of("a:1", "b:2"), got);
        assertEquals(1, refused);
        assertEquals(List.of(), bob.faults.callbackFaults());
    }

    @Test
    void shouldRegisterWhatWasRefusedAsSoonAsItsPropertiesAreRight() {
        bob.core.subscriptions.listener(listener, properties(1, "prices*"));

        bob.core.subscriptions.listener(listener, properties(1, "prices/*"));
        publish("prices/a", "1");

        assertEquals(List.of("prices/a:1"), got);
    }

    @Test
    void shouldForgetWhatWasRefusedWhenItGoes() {
        bob.core.subscriptions.listener(listener, properties(1, "prices*"));

        bob.core.subscriptions.removeListener(listener, properties(1, "prices*"));

        assertEquals(List.of(), bob.faults.callbackFaults());
    }

    @Test
    void shouldLogAndCountAListenerThatThrowsOnceAMinute() {
        bob.core.subscriptions.listener(message -> {
            throw new IllegalStateException("no database");
        }, properties(1, "a"));

        for (int i = 0; i < 20; i++) {
            publish("a", "m" + i);
        }

        assertEquals(1, bob.warned.size());
        assertTrue(bob.warned.get(0).contains(" of a failed; the node goes on: java.lang.IllegalStateException: no"
                + " database"), bob.warned.get(0));
        assertEquals(20, bob.faults.callbackFaults().get(0).count());
    }
}
