// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;
import org.ippan.network.gossip.model.TopicCounts.Concern;
import org.junit.jupiter.api.Test;

/** Peers choose topics, and may choose many. */
class TopicCountsTest {

    private static final int MANY = 10_000;

    private final TopicCounts topics = new TopicCounts();

    private void count(String prefix, int times, Concern concern) {
        for (int i = 0; i < times; i++) {
            topics.of(Topic.of(prefix + i), concern).add(TopicEvent.NEW, 1, 10);
        }
    }

    private List<String> names() {
        return topics.snapshot().stream().map(TopicSnapshot::topic).toList();
    }

    @Test
    void shouldCountTheRestAsOtherAndLoseNone() {
        count("flood", MANY, Concern.RELAYED);

        assertEquals(Concern.RELAYED.most + 1, names().size());
        assertEquals(TopicSnapshot.OTHER, names().get(Concern.RELAYED.most));
        assertEquals(MANY, topics.snapshot().stream().mapToLong(each -> each.messages().get(TopicEvent.NEW)).sum());
        assertEquals(10 * MANY, topics.snapshot().stream().mapToLong(TopicSnapshot::bytes).sum());
    }

    @Test
    void shouldKeepPlacesForTopicsOfThisNodeWhateverPeersSend() {
        count("flood", MANY, Concern.RELAYED);
        count("heard", MANY, Concern.HEARD);
        count("own", 1, Concern.PUBLISHED);

        assertTrue(names().containsAll(List.of("flood0", "heard0", "own0")), names().toString());
        count("own", MANY, Concern.PUBLISHED);
        assertEquals(Concern.PUBLISHED.most + 1, names().size());
    }

    @Test
    void shouldTellOfTopicsByNameAndOfNoRestWhereThereIsNone() {
        for (String name : List.of("c", "a", "b")) {
            topics.of(Topic.of(name), Concern.RELAYED).add(TopicEvent.NEW, 1);
        }

        assertEquals(List.of("a", "b", "c"), names());
    }
}
