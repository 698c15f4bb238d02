// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.model.JudgedMessage;

/**
 * Keeps the messages of one link and topic in order of arrival while several threads validate them: a message is
 * appended and delivered when it and all before it have a verdict. Messages of other topics do not wait: their
 * validators may be quicker. One thread adds, any may say that a verdict came.
 */
public final class DeliveryOrder {

    private final Map<Topic, Lane> lanes = new ConcurrentHashMap<>();

    /** The messages of one topic; there is one as long as any waits, so rooms bound their number. */
    private static final class Lane {

        private final Queue<JudgedMessage> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger signals = new AtomicInteger();
        /** Changed within the map only. */
        private int size;
    }

    /** Whether nothing of a topic waits or is being delivered, so that the thread that adds may deliver by itself. */
    boolean isIdle(Topic topic) {
        return lanes.isEmpty() || !lanes.containsKey(topic);
    }

    /** Waits for the message's verdict. */
    void add(JudgedMessage message) {
        Lane lane = lanes.compute(message.topic(), (topic, known) -> {
            Lane entered = known == null ? new Lane() : known;
            entered.size++;
            return entered;
        });
        lane.waiting.add(message);
    }

    /** A verdict came for a message of this topic: what was accepted goes to this consumer, if it is its turn. */
    void verdictCame(Topic topic, Consumer<JudgedMessage> deliver) {
        Lane lane = lanes.get(topic);
        if (lane == null) {
            return;
        }
        int missed = lane.signals.getAndIncrement() == 0 ? 1 : 0;
        while (missed != 0) {
            JudgedMessage first;
            while ((first = lane.waiting.peek()) != null && first.verdict() != null) {
                lane.waiting.remove();
                if (first.verdict() == Verdict.ACCEPT) {
                    deliver.accept(first);
                }
                first.leave();
                lanes.computeIfPresent(topic, (any, left) -> --left.size == 0 ? null : left);
            }
            missed = lane.signals.addAndGet(-missed);
        }
    }
}
