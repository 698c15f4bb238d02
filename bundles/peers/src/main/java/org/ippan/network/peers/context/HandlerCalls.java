// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.peers.ProtocolHandler;

/**
 * Tells protocol handlers of links, on threads that they may hold up: each handler of one link after the other. It is
 * waited for, as what comes over a link is for handlers that know of it; but for one that hangs only once, so that it
 * holds up itself alone. Safe for any thread.
 */
public final class HandlerCalls {

    /** How long a handler is waited for, however many links it is to be told of. */
    private static final long PATIENCE_MILLIS = 500;

    private final Executor threads;
    private final Ticker ticker;
    private final CallbackFaults faults;
    /** Those that have something to be told. */
    private final Map<ProtocolHandler, Line> lines = new IdentityHashMap<>();

    /**
     * Nothing is to be told yet.
     *
     * @param threads for code of applications
     * @param ticker time
     * @param faults names a handler that hangs
     */
    public HandlerCalls(Executor threads, Ticker ticker, CallbackFaults faults) {
        this.threads = threads;
        this.ticker = ticker;
        this.faults = faults;
    }

    /** Something that a handler is to be told. */
    public final class Telling {

        private final ProtocolHandler handler;
        private final Consumer<Telling> call;
        private final CountDownLatch returned = new CountDownLatch(1);

        private Telling(ProtocolHandler handler, Consumer<Telling> call) {
            this.handler = handler;
            this.call = call;
        }

        /** Tells it, and waits until it has returned, if it does not hang. */
        public void tell() {
            long patience = patience(add(this));
            Uninterrupted.await(ticker, patience, nanos -> returned.await(nanos, TimeUnit.NANOSECONDS));
        }

        /** It is to be told no more; what it is told just now it is told all the same. */
        public void cancel() {
            remove(this);
            returned.countDown();
        }
    }

    /** What one handler is told, one after the other. */
    private final class Line implements Runnable {

        private final ProtocolHandler handler;
        private final Deque<Telling> waiting = new ArrayDeque<>();
        /** When the call under way began, or when one was to begin that has no thread yet. */
        private long since = ticker.nanos();
        private boolean busy = true;

        Line(ProtocolHandler handler) {
            this.handler = handler;
        }

        @Override
        public void run() {
            for (Telling next = next(this); next != null; next = next(this)) {
                Telling telling = next;
                faults.call(Subject.of(CallbackKind.HANDLER, handler), () -> telling.call.accept(telling));
                returned(this);
                telling.returned.countDown();
            }
        }
    }

    /**
     * Something to tell a handler.
     *
     * @param handler which
     * @param call tells it, and is given what is returned here; throws nothing
     * @return to be told, or cancelled
     */
    public Telling of(ProtocolHandler handler, Consumer<Telling> call) {
        return new Telling(handler, call);
    }

    private synchronized Telling next(Line line) {
        Telling next = line.waiting.poll();
        if (next == null) {
            lines.remove(line.handler);
        }
        line.since = ticker.nanos();
        line.busy = true;
        return next;
    }

    private synchronized void returned(Line line) {
        line.busy = false;
    }

    private Line add(Telling telling) {
        Line line;
        boolean begins;
        synchronized (this) {
            begins = !lines.containsKey(telling.handler);
            line = lines.computeIfAbsent(telling.handler, Line::new);
            line.waiting.add(telling);
        }
        if (begins) {
            begin(line);
        }
        return line;
    }

    private void begin(Line line) {
        try {
            threads.execute(line);
        } catch (RejectedExecutionException e) {
            // The bundle stops, and with it every link.
            synchronized (this) {
                lines.remove(line.handler);
                line.waiting.forEach(telling -> telling.returned.countDown());
            }
        }
    }

    private synchronized void remove(Telling telling) {
        Line line = lines.get(telling.handler);
        if (line != null) {
            line.waiting.remove(telling);
        }
    }

    private synchronized long patience(Line line) {
        long waited = line.busy ? TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - line.since) : 0;
        return Math.max(0, PATIENCE_MILLIS - waited);
    }
}
