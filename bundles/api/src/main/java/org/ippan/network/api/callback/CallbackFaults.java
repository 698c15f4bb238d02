// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;

/**
 * Records what goes wrong in application code. The first failure of each registration is logged with its stack trace,
 * then at most one a minute: peers choose how often listeners are called, and must not be able to fill the log. Safe
 * for any thread.
 */
public final class CallbackFaults implements CallbackFaultSource {

    /** A call that takes longer is told of. */
    private static final long LONG_CALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** One that begins while the bundle stops has its time too. */
    private static final long LAST_CALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;
    private final BiConsumer<String, Throwable> warn;
    private final FaultBook book;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /**
     * A registration.
     *
     * @param kind what it is
     * @param name its class
     * @param topics what it is registered for; empty where it has no topics
     * @param id tells registrations of one class apart: the id of its service, or the object itself
     */
    public record Subject(CallbackKind kind, String name, String topics, Object id) {

        /**
         * Something that has no topics and is known by itself.
         *
         * @param kind what it is
         * @param application the object
         * @return its subject
         */
        public static Subject of(CallbackKind kind, Object application) {
            return new Subject(kind, application.getClass().getName(), "", System.identityHashCode(application));
        }
    }

    /** Application code that runs just now on the thread that began it; to be ended there. */
    public final class Call {

        private final Subject subject;
        private final Thread thread = Thread.currentThread();
        /** Calls that returned. No clock is read for each: who looks sees whether it moved. */
        private final AtomicInteger number = new AtomicInteger();
        private int lookedAt;
        private long since = ticker.nanos();
        private volatile boolean told;
        private volatile Subject toldAs;

        private Call(Subject subject) {
            this.subject = subject;
        }

        /** It returned, and the same is called again. */
        public void next() {
            number.setOpaque(number.getPlain() + 1);
            returned();
        }

        /** It returned. */
        public void end() {
            calls.remove(this);
            returned();
        }

        private void returned() {
            if (told) {
                synchronized (this) {
                    if (told) {
                        told = false;
                        book.oneLess(toldAs, CallbackProblem.HUNG);
                    }
                }
            }
        }

        private synchronized void look(long now) {
            if (lookedAt != number.getOpaque()) {
                lookedAt = number.getOpaque();
                since = now;
            } else if (!told && now - since >= LONG_CALL_NANOS) {
                Throwable where = where(thread);
                toldAs = seenIn(subject, where);
                told = true;
                log(toldAs, CallbackProblem.HUNG, book.noteOneMore(toldAs, CallbackProblem.HUNG, "thread="
                        + thread.getName()), where);
                if (!calls.contains(this)) { // It returned meanwhile.
                    returned();
                }
            }
        }

        private synchronized boolean lasts(long now) {
            return lookedAt == number.getOpaque() && now - since >= LAST_CALL_NANOS;
        }
    }

    /**
     * Nothing is wrong yet.
     *
     * @param ticker time
     * @param warn is given lines of the log and stack traces, which may be null: say {@code LOG::warn}
     */
    public CallbackFaults(Ticker ticker, BiConsumer<String, Throwable> warn) {
        this.ticker = ticker;
        this.warn = warn;
        this.book = new FaultBook(ticker);
    }

    /**
     * A call threw.
     *
     * @param subject what was called
     * @param failure what it threw
     */
    public void failed(Subject subject, Throwable failure) {
        TimerThreads.tellIfOutOfMemory(failure);
        record(seenIn(subject, failure), CallbackProblem.FAILED, 1, Said.text(failure), failure);
    }

    private static Subject seenIn(Subject subject, Throwable trace) {
        return new Subject(subject.kind(), Wrapped.in(subject.name(), trace), subject.topics(), subject.id());
    }

    /**
     * Application code is about to be called.
     *
     * @param subject what is called
     * @return to be ended when it returned
     */
    public Call begin(Subject subject) {
        Call call = new Call(subject);
        calls.add(call);
        return call;
    }

    /**
     * Calls application code, on a thread that it may hold up: what it throws is recorded, and named is what hangs.
     *
     * @param subject what is called
     * @param code the call
     * @return whether it threw nothing
     */
    public boolean call(Subject subject, Runnable code) {
        Call call = begin(subject);
        try {
            code.run();
            return true;
        } catch (Throwable e) {
            failed(subject, e);
            return false;
        } finally {
            call.end();
        }
    }

    private static Throwable where(Thread thread) {
        Throwable where = new IllegalStateException("is here");
        where.setStackTrace(thread.getStackTrace());
        return where;
    }

    /** The bundle stops, and has waited for what it may: names what does not return from its call. */
    public void stop() {
        calls.stream().filter(call -> call.lasts(ticker.nanos())).forEach(call -> left(call.subject, call.thread));
    }

    /**
     * The same of one registration that goes, however short its calls have lasted.
     *
     * @param subject which
     */
    public void stop(Subject subject) {
        calls.stream().filter(call -> call.subject.equals(subject)).forEach(call -> left(subject, call.thread));
    }

    /**
     * The bundle stops, and a call has not returned.
     *
     * @param subject what was called
     * @param thread that is lost, unless it is this one: what stops the bundle may be such a call itself
     */
    public void left(Subject subject, Thread thread) {
        if (thread != Thread.currentThread()) {
            Throwable where = where(thread);
            warn(seenIn(subject, where), " has not returned from a call, and its bundle stops: what it was at is lost",
                    where);
        }
    }

    /**
     * Something happened, perhaps several times; it is told of for ten minutes.
     *
     * @param subject what is wrong
     * @param problem what happened
     * @param count how often
     * @param detail the reason; empty if there is nothing to add
     * @param trace what shows where, or null
     */
    public void record(Subject subject, CallbackProblem problem, long count, String detail, Throwable trace) {
        log(subject, problem, book.note(subject, problem, count, Said.printable(detail)), trace);
    }

    /**
     * Something is wrong until {@link #ended} says otherwise.
     *
     * @param subject what is wrong
     * @param problem what is wrong
     * @param detail the reason, and what would be right
     * @param trace what shows where, or null
     */
    public void lasting(Subject subject, CallbackProblem problem, String detail, Throwable trace) {
        log(subject, problem, book.noteLasting(subject, problem, Said.printable(detail)), trace);
    }

    /**
     * Something threw and is not called any more, until {@link #ended} says otherwise.
     *
     * @param subject what was called
     * @param problem what is wrong now
     * @param failure what it threw
     */
    public void lasting(Subject subject, CallbackProblem problem, Throwable failure) {
        lasting(subject, problem, Said.text(failure), failure);
    }

    /**
     * Says which service properties of a registration are misspelt, as they have no effect.
     *
     * @param subject the registration
     * @param properties its service properties now
     */
    public void misspelt(Subject subject, Map<String, ?> properties) {
        String unknown = ServiceKeys.unknown(properties);
        if (unknown.isEmpty()) {
            ended(subject, CallbackProblem.MISSPELT);
        } else {
            lasting(subject, CallbackProblem.MISSPELT, unknown, null);
        }
    }

    private void log(Subject subject, CallbackProblem problem, String rest, Throwable trace) {
        if (rest != null) {
            warn(subject, " " + problem.words() + rest, trace);
        }
    }

    private void warn(Subject subject, String rest, Throwable trace) {
        String line = "The " + new CallbackFault(subject.kind(), subject.name(), subject.topics(),
                CallbackProblem.FAILED, 0, "").subject() + rest;
        try {
            warn.accept(line, trace);
        } catch (Throwable e) {
            // Nothing can print what was thrown: its own methods fail, perhaps for want of a class.
            warn.accept(line, null);
        }
    }

    /**
     * What was wrong is right again.
     *
     * @param subject what was wrong
     * @param problem what was wrong
     */
    public void ended(Subject subject, CallbackProblem problem) {
        book.ended(subject, problem);
    }

    /**
     * A registration has gone, or has other properties: what was wrong with it is forgotten, whatever its topics were,
     * but not that a call hangs, whose thread is lost until it returns.
     *
     * @param subject which
     */
    public void forget(Subject subject) {
        book.forget(subject);
    }

    @Override
    public List<CallbackFault> callbackFaults() {
        long now = ticker.nanos();
        calls.forEach(call -> call.look(now));
        return book.faults(now);
    }
}
