// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackProblem;

/**
 * The calls of one codec that is not built in. They run on threads of links and of publishers, which one that never
 * returns would hold for ever. While a call takes long, and until the first one has returned, no other thread begins
 * one; a call that takes too long is interrupted and the codec is written off. A thread is lost only where the codec
 * ignores that too: one where it never returned, else those that entered within {@link #LONG_NANOS}. Any thread calls;
 * {@link #look} and {@link #stop} are for one thread at a time.
 */
final class CodecCalls {

    /** Far beyond what the longest payload takes: from then on other threads keep out until the call returns. */
    static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A call that takes so long is interrupted, and is the last. */
    static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** One that has not returned even then has lost its thread. */
    static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Subject subject;
    private final Ticker ticker;
    private final CallbackFaults faults;
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    /** Whether a call ever returned. */
    private volatile boolean tried;
    private volatile boolean gone;
    private volatile boolean unregistered;
    /** The threads that were told of as lost. */
    private volatile String lost = "";

    /** None yet. */
    CodecCalls(Subject subject, Ticker ticker, CallbackFaults faults) {
        this.subject = subject;
        this.ticker = ticker;
        this.faults = faults;
    }

    /** A call that runs just now, on the thread that began it. */
    final class Call {

        private final Thread thread = Thread.currentThread();
        private final long since = ticker.nanos();
        /** Guarded by this, so that nothing else the thread does is interrupted. */
        private boolean returned;
        private boolean overdue;

        /** It returned, or threw. Whether that counts: what an interrupted codec says is no mistake of a peer. */
        synchronized boolean end() {
            returned = true;
            running.remove(this);
            tried |= !overdue;
            if (overdue) {
                // The flag must not stop what this thread does next.
                Thread.interrupted();
            }
            return !overdue;
        }

        /** Its result counts no more. Where it was; null if it returned just now, or its time was up before. */
        private synchronized Throwable giveUp() {
            if (returned || overdue) {
                return null;
            }
            overdue = true;
            Throwable where = new IllegalStateException("where the codec was when its time was up");
            where.setStackTrace(thread.getStackTrace());
            return where;
        }

        /** After it was given up, and told of. */
        private synchronized void interrupt() {
            if (!returned) {
                thread.interrupt();
            }
        }
    }

    /** The codec is about to be called. */
    Call begin() {
        Call call = new Call();
        running.add(call);
        return call;
    }

    /** Whether a call takes so long, or is the first, that another thread might not come back either. */
    boolean isSlow() {
        if (gone || running.isEmpty()) {
            return false;
        }
        long now = ticker.nanos();
        return !tried || running.stream().anyMatch(call -> now - call.since >= LONG_NANOS);
    }

    /** Waits until no call takes long any more, or the codec is written off. */
    void awaitQuick() {
        while (isSlow()) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    /**
     * Looks at the calls.
     *
     * @param writeOff has the codec used no more; called before a call is interrupted
     */
    void look(Runnable writeOff) {
        long now = ticker.nanos();
        for (Call call : running) {
            if (now - call.since >= LIMIT_NANOS) {
                writeOff.run();
                tell(call);
            }
        }
        tellLost(now);
    }

    private void tell(Call call) {
        Throwable where = call.giveUp();
        if (where == null) {
            return;
        }
        if (!unregistered) {
            faults.lasting(subject, CallbackProblem.DISMISSED, "a call did not return within "
                    + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS) + " s and was interrupted, thread="
                    + call.thread.getName(), where);
        }
        if (unregistered) {
            // It went meanwhile.
            faults.ended(subject, CallbackProblem.DISMISSED);
        }
        call.interrupt();
    }

    private void tellLost(long now) {
        String threads = running.stream().filter(call -> now - call.since >= LOST_NANOS)
                .map(call -> call.thread.getName()).sorted().collect(Collectors.joining(", "));
        if (threads.equals(lost)) {
            return;
        }
        lost = threads;
        faults.ended(subject, CallbackProblem.HUNG);
        if (!threads.isEmpty()) {
            faults.lasting(subject, CallbackProblem.HUNG, "thread=" + threads, null);
        }
    }

    /** The codec is used no more. */
    void end() {
        gone = true;
    }

    /** Its registration has gone, and all that was told of it is forgotten, but for a lost thread. */
    void forget() {
        end();
        unregistered = true;
        faults.forget(subject);
    }

    /** Whether the codec is used no more, and all its calls have returned. */
    boolean isOver() {
        return gone && running.isEmpty();
    }

    /** The node stops: nothing waits for what still runs. */
    void stop() {
        end();
        running.forEach(call -> {
            call.giveUp();
            call.interrupt();
        });
    }
}
