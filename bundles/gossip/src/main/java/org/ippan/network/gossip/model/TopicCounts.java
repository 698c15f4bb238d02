// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;

/**
 * Messages by topic. Peers choose topics, so there is a bound, and a lower one for topics that matter less to this
 * node: peers cannot use up the places of those it listens to, nor, where it listens to all, of those it publishes to.
 * Safe for any thread.
 */
public final class TopicCounts {

    private static final TopicEvent[] EVENTS = TopicEvent.values();

    private final Map<Topic, Count> counts = new ConcurrentHashMap<>();
    private final Count other = new Count();

    /** What a topic is to this node. */
    public enum Concern {
        /** It only relays its messages. */
        RELAYED(32),
        /** It listens to it or judges it. */
        HEARD(48),
        /** It publishes to it. */
        PUBLISHED(64);

        /** So many topics may be counted each before another of this kind is. */
        final int most;

        Concern(int most) {
            this.most = most;
        }
    }

    /** The messages of one topic. */
    public static final class Count {

        private final LongAdder[] events = Stream.generate(LongAdder::new).limit(EVENTS.length)
                .toArray(LongAdder[]::new);
        private final LongAdder bytes = new LongAdder();

        public void add(TopicEvent event, int messages) {
            events[event.ordinal()].add(messages);
        }

        /** Counts messages whose payloads come to so many bytes: once each, however many listeners get them here. */
        public void add(TopicEvent event, int messages, long length) {
            add(event, messages);
            bytes.add(length);
        }

        private TopicSnapshot snapshot(String name) {
            Map<TopicEvent, Long> sums = new EnumMap<>(TopicEvent.class);
            for (TopicEvent event : EVENTS) {
                sums.put(event, events[event.ordinal()].sum());
            }
            return new TopicSnapshot(name, sums, bytes.sum());
        }
    }

    /** Where the messages of a topic are counted. */
    public Count of(Topic topic, Concern concern) {
        Count known = counts.get(topic);
        if (known != null) {
            return known;
        }
        if (counts.size() >= concern.most) {
            return other;
        }
        synchronized (counts) {
            return counts.size() < concern.most ? counts.computeIfAbsent(topic, any -> new Count())
                    : counts.getOrDefault(topic, other);
        }
    }

    /** How many there were so far, by name; the rest last, if there is any. */
    public List<TopicSnapshot> snapshot() {
        List<TopicSnapshot> all = new ArrayList<>();
        counts.forEach((topic, count) -> all.add(count.snapshot(topic.name())));
        all.sort((a, b) -> a.topic().compareTo(b.topic()));
        TopicSnapshot rest = other.snapshot(TopicSnapshot.OTHER);
        if (rest.messages().values().stream().anyMatch(count -> count > 0)) {
            all.add(rest);
        }
        return List.copyOf(all);
    }
}
