// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.survey.NodeTopic;

/** What applications of this node listen to. Stateless. */
final class Topics {

    private static final int MOST = 8;

    private Topics() {
    }

    /** The topics with most messages between two samples; one without a listener in the first has no rate yet. */
    static List<NodeTopic> of(Counted.Sample before, Counted.Sample now) {
        Map<String, Long> known = delivered(before);
        Map<String, Long> listeners = now.gossip().listeners().stream()
                .collect(groupingBy(ListenerSnapshot::topics, counting()));
        return delivered(now).entrySet().stream().map(each -> new NodeTopic(each.getKey(), now.perSecond(before,
                each.getValue() - known.getOrDefault(each.getKey(), each.getValue())),
                listeners.get(each.getKey()).intValue()))
                .sorted(Comparator.comparingLong(NodeTopic::perSecond).reversed().thenComparing(NodeTopic::name))
                .limit(MOST).toList();
    }

    private static Map<String, Long> delivered(Counted.Sample sample) {
        return sample.gossip().listeners().stream()
                .collect(groupingBy(ListenerSnapshot::topics, summingLong(ListenerSnapshot::delivered)));
    }
}
