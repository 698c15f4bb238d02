// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What is counted of each topic. */
class TopicsTest {

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
    private final FakeNode publisher = nodes.get(0);
    private final FakeNode receiver = nodes.get(1);

    private void publish(String topic, int count) {
        for (int i = 0; i < count; i++) {
            publisher.core.publish(Message.of(Topic.of(topic), (topic + i).getBytes(StandardCharsets.UTF_8)));
        }
        time.advance(Duration.ofSeconds(1));
    }

    private static List<Long> counted(FakeNode node, String topic) {
        Map<TopicEvent, Long> counted = node.snapshot().topics().stream().filter(each -> each.topic().equals(topic))
                .findFirst().map(TopicSnapshot::messages).orElse(Map.of());
        return List.of(TopicEvent.NEW, TopicEvent.DELIVERED, TopicEvent.PUBLISHED).stream()
                .map(event -> counted.getOrDefault(event, -1L)).toList();
    }

    @Test
    void shouldCountWhatIsNewDeliveredAndPublishedByTopic() {
        publish("news", 3);
        publish("prices", 2);

        assertEquals(List.of(0L, 0L, 3L), counted(publisher, "news"));
        assertEquals(List.of(3L, 3L, 0L), counted(receiver, "news"));
        assertEquals(List.of(2L, 2L, 0L), counted(receiver, "prices"));
    }

    @Test
    void shouldCountAsNewOnlyWhatAValidatorAccepts() {
        receiver.validate("news", message -> message.payloadBytes()[4] == '1' ? Verdict.REJECT : Verdict.ACCEPT);

        publish("news", 3);

        assertEquals(List.of(2L, 2L, 0L), counted(receiver, "news"));
    }
}
