// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.model.HeldMessage;

/**
 * Keeps the messages of one link in order of arrival while several threads validate them: a message is delivered when
 * it and all before it have a verdict. One thread adds, any may say that a verdict came.
 */
public final class DeliveryOrder {

    private final Queue<HeldMessage> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger signals = new AtomicInteger();
    private final Consumer<HeldMessage> deliver;

    /** Delivers to this consumer. */
    public DeliveryOrder(Consumer<HeldMessage> deliver) {
        this.deliver = deliver;
    }

    /** Whether nothing waits and nothing is being delivered, so that the thread that adds may deliver by itself. */
    public boolean isIdle() {
        return size.get() == 0;
    }

    /** Waits for the message's verdict. The message holds room until it was delivered or dropped. */
    public void add(HeldMessage message) {
        message.hold();
        size.incrementAndGet();
        waiting.add(message);
    }

    /** A verdict came: delivers what may be delivered now. */
    public void verdictCame() {
        int missed = signals.getAndIncrement() == 0 ? 1 : 0;
        while (missed != 0) {
            HeldMessage first;
            while ((first = waiting.peek()) != null && first.verdict() != null) {
                waiting.remove();
                if (first.verdict() == Verdict.ACCEPT) {
                    deliver.accept(first);
                }
                first.release();
                size.decrementAndGet();
            }
            missed = signals.addAndGet(-missed);
        }
    }
}
