// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;
import org.ippan.network.api.gossip.Verdict;
import org.junit.jupiter.api.Test;

/** Whom the messages of a topic concern, and what registrations may say. */
class SubscriptionsTest extends ListeningFixture {

    private void listener(long id, Object topics, Map<String, ?> others) {
        subscriptions.listener(message -> { }, properties(id, topics, others));
    }

    private static Map<String, Object> properties(long id, Object topics, Map<String, ?> others) {
        Map<String, Object> properties = new HashMap<>(others);
        properties.put("service.id", id);
        if (topics != null) {
            properties.put(GossipListener.TOPIC, topics);
        }
        return properties;
    }

    private void validator(long id, String topic, int ranking) {
        subscriptions.validator(message -> Verdict.ACCEPT, properties(id, topic, Map.of("service.ranking", ranking)));
    }

    private List<String> details(CallbackProblem problem) {
        return faults.callbackFaults().stream().filter(fault -> fault.problem() == problem)
                .map(CallbackFault::detail).toList();
    }

    private List<String> counted() {
        return context.topics.snapshot().stream().map(TopicSnapshot::topic).toList();
    }

    private void useUpPlacesOfTopics() {
        for (int i = 0; i < 100; i++) {
            subscriptions.route(Topic.of("relayed" + i));
        }
    }

    @Test
    void shouldCountWhatIsHeardOrJudgedThoughPeersUseManyOtherTopics() {
        listener(1, "heard/*", Map.of());
        validator(2, "judged/*", 0);
        useUpPlacesOfTopics();

        subscriptions.route(Topic.of("heard/a"));
        subscriptions.route(Topic.of("judged/a"));
        subscriptions.route(Topic.of("neither"));

        assertTrue(counted().containsAll(List.of("heard/a", "judged/a")), counted().toString());
        assertTrue(!counted().contains("neither"), counted().toString());
    }

    /** Messages of one topic are queued together as long as their route is the same. */
    @Test
    void shouldRememberRoutesButNotOfAllTopicsThatPeersThinkOf() {
        Topic first = Topic.of("first");
        assertSame(subscriptions.route(first), subscriptions.route(first));
        for (int i = 0; i < 5000; i++) {
            subscriptions.route(Topic.of("t" + i));
        }

        Topic last = Topic.of("last");
        assertNotSame(subscriptions.route(last), subscriptions.route(last));
        assertSame(subscriptions.route(first), subscriptions.route(first));
    }

    @Test
    void shouldNameThoseWhoListenToATopic() {
        listen(Map.of(GossipListener.TOPIC, "t"));

        assertEquals(List.of(listener.getClass().getName()), subscriptions.names(TOPIC));
        assertEquals(List.of(), subscriptions.names(Topic.of("other")));
    }

    @Test
    void shouldCountAMessageAsDeliveredOnceIfAnyListensToIt() {
        deliver(1);
        listener(1, "t", Map.of());
        listener(2, "*", Map.of());
        deliver(1);

        assertEquals(1, context.counters.delivered.sum());
        assertEquals(1, context.topics.snapshot().get(0).messages().get(TopicEvent.DELIVERED));
    }

    @Test
    void shouldCountUndeliveredMessagesOfAllListeners() {
        listener(1, "t", Map.of());
        listener(2, "*", Map.of());
        deliver(3);

        assertEquals(6, subscriptions.undelivered());
        runAll();
        assertEquals(0, subscriptions.undelivered());
    }

    @Test
    void shouldTakeTheFirstRegistrationAgainForTheSameWhenItChanges() {
        listener(1, "a", Map.of());
        listener(2, "b", Map.of());

        listener(1, "c", Map.of());

        assertEquals(List.of("c", "b"), subscriptions.snapshot().stream().map(each -> each.topics()).toList());
    }

    @Test
    void shouldAskTheValidatorOfTheHighestRankingFirst() {
        validator(1, "*", 1);
        validator(2, "*", 3);
        validator(3, "other", 9);
        validator(4, "t", 2);

        assertEquals(List.of(3, 2, 1), Arrays.stream(subscriptions.validators(TOPIC))
                .map(line -> line.registration().ranking()).toList());
    }

    @Test
    void shouldTellOfMisspeltPropertiesBesideRightAndWrongOnes() {
        listener(1, "a", Map.of("ippan.queu", 5));
        listener(2, "a/*/b", Map.of("ippan.overflw", "block"));
        subscriptions.validator(message -> Verdict.ACCEPT, properties(3, "a", Map.of("ippan.topik", "b")));

        List<String> told = new ArrayList<>(new TreeSet<>(details(CallbackProblem.MISSPELT)));
        assertEquals(3, told.size(), told.toString());
        assertTrue(told.toString().matches(".*ippan.overflw.*ippan.queu.*ippan.topik.*"), told.toString());
        assertEquals(1, details(CallbackProblem.REFUSED).size());
    }

    @Test
    void shouldSayWhichPropertyWasMeantWhereTheTopicIsMissing() {
        listener(1, null, Map.of("ippan.topics", "news"));
        listener(2, null, Map.of());

        List<String> told = details(CallbackProblem.REFUSED);
        assertTrue(told.stream().anyMatch(each -> each.startsWith(MessageValidator.TOPIC
                + " is missing (was ippan.topics meant?): must be")), told.toString());
        assertTrue(told.stream().anyMatch(each -> each.startsWith(MessageValidator.TOPIC + " is missing: must be")),
                told.toString());
    }

    @Test
    void shouldNotCallAListEmptyThatCannotBeRead() {
        listener(1, new AbstractList<>() {

            @Override
            public Object get(int index) {
                throw new IllegalStateException("gone");
            }

            @Override
            public int size() {
                return 1;
            }

            @Override
            public String toString() {
                return "my list";
            }
        }, Map.of());

        assertTrue(details(CallbackProblem.REFUSED).get(0).startsWith(GossipListener.TOPIC + " = my list: "),
                details(CallbackProblem.REFUSED).toString());
    }
}
