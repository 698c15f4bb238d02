// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.survey.NodeTopic;

/** What applications of this node listen to, sampled every 10 seconds: rates are means of that time. For one thread. */
final class Topics {

    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double NANOS = 1e9;
    private static final int MOST = 8;

    private Map<String, Long> delivered = Map.of();
    private List<NodeTopic> topics = List.of();
    private boolean sampled;
    private long sampledNanos;

    /** The topics with most messages. */
    List<NodeTopic> now(GossipSnapshot gossip, long now) {
        if (!sampled || now - sampledNanos >= SAMPLE_NANOS) {
            Map<String, List<ListenerSnapshot>> listeners = gossip.listeners().stream()
                    .collect(Collectors.groupingBy(ListenerSnapshot::topics));
            Map<String, Long> sums = new HashMap<>();
            listeners.forEach((topic, all) ->
                    sums.put(topic, all.stream().mapToLong(ListenerSnapshot::delivered).sum()));
            topics = listeners.entrySet().stream().map(each -> new NodeTopic(each.getKey(),
                    rate(each.getKey(), sums.get(each.getKey()), now), each.getValue().size()))
                    .sorted((a, b) -> a.perSecond() == b.perSecond() ? a.name().compareTo(b.name())
                            : Long.compare(b.perSecond(), a.perSecond())).limit(MOST).toList();
            delivered = sums;
            sampledNanos = now;
            sampled = true;
        }
        return topics;
    }

    private long rate(String topic, long sum, long now) {
        long before = delivered.getOrDefault(topic, sum);
        return before > sum ? 0 : Math.round((sum - before) * NANOS / Math.max(1, now - sampledNanos));
    }
}
