// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.event.NetworkEvent;

/**
 * Carries decisions to listeners. Each has a bounded queue of its own, emptied by one thread at a time: one that blocks
 * holds up neither who decides nor another listener, as long as there are threads. What does not fit is counted and
 * dropped. Safe for any thread.
 */
final class Notifier {

    /** How much may wait for one listener: a while of its rest, even where much is decided. */
    static final int MOST_WAITING = 1024;

    private static final String TOPIC = "org/ippan/network/";

    private final Executor threads;
    private final BiConsumer<String, Map<String, Object>> eventAdmin;
    private final CallbackFaults faults;
    private final Map<Object, Queue<Runnable>> waiting = new IdentityHashMap<>();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * A notifier.
     *
     * @param threads run a task for each listener that has something to be told, or refuse it
     * @param eventAdmin posts properties to a topic
     * @param faults is told of listeners that throw
     */
    Notifier(Executor threads, BiConsumer<String, Map<String, Object>> eventAdmin, CallbackFaults faults) {
        this.threads = threads;
        this.faults = faults;
        this.eventAdmin = eventAdmin;
    }

    /** Has a listener told, after what it is told already. */
    void tell(Object listener, Runnable telling) {
        synchronized (waiting) {
            Queue<Runnable> queue = waiting.get(listener);
            if (queue != null) {
                if (queue.size() < MOST_WAITING) {
                    queue.add(telling);
                } else {
                    dropped.incrementAndGet();
                }
                return;
            }
            waiting.put(listener, new ArrayDeque<>(List.of(telling)));
        }
        try {
            threads.execute(() -> serve(listener));
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                dropped.addAndGet(waiting.remove(listener).size());
            }
        }
    }

    /** A listener went: what it did wrong is forgotten. */
    void forget(Object listener) {
        faults.forget(subject(listener));
    }

    private static Subject subject(Object listener) {
        return Subject.of(CallbackKind.NOTIFICATION_LISTENER, listener);
    }

    private void serve(Object listener) {
        for (Runnable next = next(listener); next != null; next = next(listener)) {
            faults.call(subject(listener), next);
        }
    }

    /** What to tell next; none ends the service of the listener. */
    private Runnable next(Object listener) {
        synchronized (waiting) {
            Runnable next = waiting.get(listener).poll();
            if (next == null) {
                waiting.remove(listener);
            }
            return next;
        }
    }

    /** Sends a decision to Event Admin too. */
    void mirror(NetworkEvent event, boolean wanted) {
        if (wanted) {
            tell(this, () -> eventAdmin.accept(TOPIC + event.type(), Map.of("type", event.type().name(),
                    "peer", event.peer().map(Object::toString).orElse(""), "text", event.text())));
        }
    }

    long dropped() {
        return dropped.get();
    }
}
