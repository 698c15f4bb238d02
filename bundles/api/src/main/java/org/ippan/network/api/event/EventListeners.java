// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;

/**
 * The {@link NetworkEventListener}s there are, for a bundle that decides. Each has a bounded queue of its own, emptied
 * by one thread at a time: one that throws or hangs harms neither the others nor the bundle. Safe for any thread.
 */
public final class EventListeners implements Consumer<NetworkEvent> {

    /** Most events that wait for one listener. */
    static final int MAX_WAITING = 1024;

    private final List<Told> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<String> log;
    private final CallbackFaults faults;
    private final Executor threads;

    /** A listener with what it has not been told yet. */
    private final class Told implements Runnable {

        private final NetworkEventListener listener;
        private final Subject subject;
        /** Guarded by this, as all below. */
        private final Queue<NetworkEvent> waiting = new ArrayDeque<>();
        private boolean running;
        private boolean gone;

        Told(NetworkEventListener listener, Object named) {
            this.listener = listener;
            this.subject = Subject.of(CallbackKind.EVENT_LISTENER, named);
        }

        void tell(NetworkEvent event) {
            if (!add(event)) {
                return;
            }
            try {
                threads.execute(this);
            } catch (RejectedExecutionException e) {
                // The bundle stops: no thread is left to tell it.
                end();
            }
        }

        /** Whether a thread is needed. */
        private synchronized boolean add(NetworkEvent event) {
            if (waiting.size() >= MAX_WAITING) {
                faults.record(subject, CallbackProblem.OVERLOADED, 1, "", null);
                return false;
            }
            waiting.add(event);
            boolean idle = !running;
            running = true;
            return idle;
        }

        private synchronized NetworkEvent next() {
            NetworkEvent next = gone ? null : waiting.poll();
            running = next != null;
            return next;
        }

        synchronized void end() {
            gone = true;
            waiting.clear();
        }

        @Override
        public void run() {
            for (NetworkEvent event = next(); event != null; event = next()) {
                NetworkEvent told = event;
                faults.call(subject, () -> listener.onEvent(told));
            }
        }
    }

    /**
     * No listeners.
     *
     * @param log is told of each event's text, say {@code LOG::info}
     * @param faults is told of a listener that throws or does not keep up
     * @param threads tell listeners
     */
    public EventListeners(Consumer<String> log, CallbackFaults faults, Executor threads) {
        this.log = log;
        this.faults = faults;
        this.threads = threads;
    }

    /**
     * A listener came.
     *
     * @param listener from now on told of everything
     */
    public void add(NetworkEventListener listener) {
        listeners.add(new Told(listener, listener));
    }

    /**
     * A listener came that stands for an object of an application.
     *
     * @param listener from now on told of everything
     * @param named what is at fault if it throws
     * @param first is asked for events that only this listener is told of, once none of the others can be missed
     */
    public void add(NetworkEventListener listener, Object named, Supplier<List<NetworkEvent>> first) {
        Told told = new Told(listener, named);
        listeners.add(told);
        first.get().forEach(told::tell);
    }

    /**
     * A listener went.
     *
     * @param listener told of nothing any more
     */
    public void remove(NetworkEventListener listener) {
        listeners.stream().filter(told -> told.listener == listener).findFirst().ifPresent(told -> {
            listeners.remove(told);
            told.end();
            faults.forget(told.subject);
        });
    }

    /** Tells the log at once, and every listener on another thread, in order. */
    @Override
    public void accept(NetworkEvent event) {
        log.accept(event.text());
        listeners.forEach(told -> told.tell(event));
    }
}
