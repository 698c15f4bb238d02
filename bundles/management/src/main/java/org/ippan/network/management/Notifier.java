// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.ippan.network.api.event.NetworkEvent;

/** Carries decisions to listeners on a bounded queue of its own; what does not fit is counted and dropped. */
final class Notifier implements Executor {

    private static final String TOPIC = "org/ippan/network/";

    private final Executor queue;
    private final BiConsumer<String, Map<String, Object>> eventAdmin;
    private final AtomicLong dropped = new AtomicLong();

    /**
     * A notifier.
     *
     * @param queue runs one task at a time, and refuses when it is full
     * @param eventAdmin posts properties to a topic
     */
    Notifier(Executor queue, BiConsumer<String, Map<String, Object>> eventAdmin) {
        this.queue = queue;
        this.eventAdmin = eventAdmin;
    }

    @Override
    public void execute(Runnable task) {
        try {
            queue.execute(task);
        } catch (RejectedExecutionException e) {
            dropped.incrementAndGet();
        }
    }

    /** Sends a decision to Event Admin too. */
    void mirror(NetworkEvent event, boolean wanted) {
        if (wanted) {
            execute(() -> eventAdmin.accept(TOPIC + event.type(), Map.of("type", event.type().name(),
                    "peer", event.peer().map(Object::toString).orElse(""), "text", event.text())));
        }
    }

    long dropped() {
        return dropped.get();
    }
}
