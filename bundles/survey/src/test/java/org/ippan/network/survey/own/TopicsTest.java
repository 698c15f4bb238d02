// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.survey.NodeTopic;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** What a node tells of the topics of its applications. */
class TopicsTest {

    private Counted.Sample last;

    private List<NodeTopic> after(long seconds, ListenerSnapshot... listeners) {
        Counted.Sample now = new Counted.Sample(TimeUnit.SECONDS.toNanos(seconds), Records.of(GossipSnapshot.class,
                Map.of("listeners", List.of(listeners))), Duration.ZERO);
        Counted.Sample before = last == null ? now : last;
        last = now;
        return Topics.of(before, now);
    }

    private static ListenerSnapshot listener(String topic, long delivered) {
        return Records.of(ListenerSnapshot.class, Map.of("topics", topic, "delivered", delivered));
    }

    @Test
    void shouldTellRatesAndListenersOfEachTopicBusiestFirst() {
        assertEquals(List.of(new NodeTopic("a", 0, 1), new NodeTopic("b", 0, 2)),
                after(100, listener("b", 1000), listener("a", 7), listener("b", 0)));

        assertEquals(List.of(new NodeTopic("b", 30, 2), new NodeTopic("a", 1, 1)),
                after(110, listener("b", 1200), listener("a", 17), listener("b", 100)));
    }

    @Test
    void shouldTellNoRateOfListenersThatCameOrBeganAgain() {
        after(0, listener("a", 500));

        assertEquals(List.of(new NodeTopic("a", 0, 1), new NodeTopic("new", 0, 1)),
                after(10, listener("a", 3), listener("new", 9000)));
    }

    @Test
    void shouldTellTheBusiestOfMany() {
        after(0, many(0));

        List<NodeTopic> told = after(10, many(100));

        assertEquals(8, told.size());
        assertEquals("t19", told.get(0).name());
    }

    private static ListenerSnapshot[] many(long each) {
        return IntStream.range(0, 20).mapToObj(i -> listener("t" + i, each * i))
                .toArray(ListenerSnapshot[]::new);
    }
}
