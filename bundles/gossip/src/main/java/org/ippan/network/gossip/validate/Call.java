// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Verdict;

/** One call of a validator, and after it those that follow on the same thread. */
final class Call implements Runnable {

    private final ValidatorLine line;
    private final Attempt attempt;
    /** Null before and after the call. Guarded by this, so that no other work of the thread is interrupted. */
    private Thread thread;
    private long since;

    Call(ValidatorLine line, Attempt attempt) {
        this.line = line;
        this.attempt = attempt;
    }

    Attempt attempt() {
        return attempt;
    }

    Topic topic() {
        return attempt.message.topic();
    }

    @Override
    public void run() {
        Call call = this;
        while (call != null) {
            call.judge();
            call = line.following();
        }
    }

    private void judge() {
        if (!line.begins(this)) {
            return;
        }
        synchronized (this) {
            thread = Thread.currentThread();
            since = line.nanos();
        }
        Verdict verdict = line.ask(attempt);
        synchronized (this) {
            thread = null;
        }
        // The flag, set by the line or by the application itself, must not stop what this thread does next.
        Thread.interrupted();
        if (line.ended(this, line.nanos() - since)) {
            attempt.said(verdict);
        }
    }

    /** The node stops before it began. */
    void cancel() {
        if (line.ended(this, 0)) {
            attempt.said(Verdict.IGNORE);
        }
    }

    /** How long the validator has been at it; 0 if it has not begun or has returned. */
    synchronized long nanos(long now) {
        return thread == null ? 0 : now - since;
    }

    /** Which runs the validator; this one, which is not told of, once it has returned. */
    synchronized Thread thread() {
        return thread == null ? Thread.currentThread() : thread;
    }

    /** Interrupts the validator. Where it was, or null if it has just returned, or asks for this by what it does. */
    synchronized Throwable interrupt() {
        if (thread == null || thread == Thread.currentThread()) {
            return null;
        }
        Throwable where = new IllegalStateException("where the validator was when its time was up");
        where.setStackTrace(thread.getStackTrace());
        thread.interrupt();
        return where;
    }
}
