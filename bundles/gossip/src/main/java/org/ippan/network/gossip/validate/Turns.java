// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.ippan.network.api.Topic;

/** The messages that wait for one validator: topics take turns, those of each keep their order. For one thread. */
final class Turns {

    /** Topics in the order of their turns; none is empty. */
    private final Map<Topic, Queue<Attempt>> topics = new LinkedHashMap<>();

    void add(Attempt attempt) {
        topics.computeIfAbsent(attempt.message.topic(), topic -> new ArrayDeque<>()).add(attempt);
    }

    /** Takes the next one of the first topic that may have a turn now; null if there is none. */
    Attempt poll(Predicate<Topic> mayHaveATurn) {
        Iterator<Map.Entry<Topic, Queue<Attempt>>> turns = topics.entrySet().iterator();
        while (turns.hasNext()) {
            Map.Entry<Topic, Queue<Attempt>> turn = turns.next();
            if (mayHaveATurn.test(turn.getKey())) {
                turns.remove();
                Attempt next = turn.getValue().remove();
                if (!turn.getValue().isEmpty()) {
                    topics.put(turn.getKey(), turn.getValue());
                }
                return next;
            }
        }
        return null;
    }

    /** Takes all those of some topics. */
    List<Attempt> drain(Predicate<Topic> which) {
        List<Attempt> drained = new ArrayList<>();
        topics.entrySet().removeIf(turn -> which.test(turn.getKey()) && drained.addAll(turn.getValue()));
        return drained;
    }
}
