// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.IdentityHashMap;
import java.util.Map;
import org.ippan.network.api.Topic;

/** The calls of one validator that were written off, as they do not return. For one thread. */
final class HungCalls {

    /** So many for messages of one topic, then the validator is asked nothing more about this topic. */
    private static final int MOST_OF_TOPIC = 2;

    private final Map<Object, Topic> calls = new IdentityHashMap<>();

    void add(Object call, Topic topic) {
        calls.put(call, topic);
    }

    /** One has returned after all; whether it was among them. */
    boolean remove(Object call) {
        return calls.remove(call) != null;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    int size() {
        return calls.size();
    }

    /** Whether messages of a topic would only cost more threads. */
    boolean areTooMany(Topic topic, int most) {
        return calls.size() >= most
                || calls.values().stream().filter(topic::equals).count() >= MOST_OF_TOPIC;
    }

    /** As operators read it. */
    @Override
    public String toString() {
        return "calls=" + calls.size() + " topics="
                + calls.values().stream().map(Topic::name).distinct().sorted().toList();
    }
}
