// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.model.Environment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.HeldMessage;

/**
 * Asks validators, on threads of their own. One that takes too long has said IGNORE; its thread is replaced, up to as
 * many as there are, so that one hanging validator does not hold up the others. Anyone may submit; {@link #tick} is
 * confined to the relay.
 */
public final class Validation {

    private final GossipContext context;
    private final Environment environment;
    private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hung = new AtomicInteger();

    private enum State { WAITING, RUNNING, FINISHED }

    /** One message with those who judge it. */
    private final class Attempt implements Runnable {

        private final HeldMessage message;
        private final Subscriptions.Judge[] judges;
        private final Consumer<Verdict> decided;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private volatile long since = context.nanos();

        Attempt(HeldMessage message, Subscriptions.Judge[] judges, Consumer<Verdict> decided) {
            this.message = message;
            this.judges = judges;
            this.decided = decided;
        }

        @Override
        public void run() {
            since = context.nanos();
            if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
                return;
            }
            Verdict verdict = ask();
            if (!finish(State.RUNNING, verdict)) {
                hung.decrementAndGet();
                resize();
            }
        }

        private Verdict ask() {
            for (Subscriptions.Judge judge : judges) {
                Verdict verdict = ask(judge);
                if (verdict != Verdict.ACCEPT) {
                    return verdict;
                }
            }
            return Verdict.ACCEPT;
        }

        private Verdict ask(Subscriptions.Judge judge) {
            try {
                Verdict verdict = judge.validator().validate(message);
                if (verdict != null) {
                    return verdict;
                }
            } catch (Throwable e) {
                // The application's mistake, whatever it is; counted below, and it must cost no peer a point.
            }
            context.counters.validatorFailures.increment();
            return Verdict.IGNORE;
        }

        /** Tells the verdict unless one was told. Whether it was told now. */
        boolean finish(State from, Verdict verdict) {
            if (!state.compareAndSet(from, State.FINISHED)) {
                return false;
            }
            attempts.remove(this);
            decided.accept(verdict);
            return true;
        }

        /** Gives up on a validator that hangs, or on one that waits while all threads hang. */
        void check(long now, long timeoutNanos) {
            if (now - since < timeoutNanos) {
                return;
            }
            if (finish(State.RUNNING, Verdict.IGNORE)) {
                hung.incrementAndGet();
                context.counters.validatorFailures.increment();
                resize();
            } else if (hung.get() >= 2 * threads()) {
                finish(State.WAITING, Verdict.IGNORE);
            }
        }
    }

    /** Nothing is being validated. */
    public Validation(GossipContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    /** Judges a message; the verdict is told once, by any thread. */
    void submit(HeldMessage message, Subscriptions.Judge[] judges, Consumer<Verdict> decided) {
        Attempt attempt = new Attempt(message, judges, decided);
        attempts.add(attempt);
        try {
            environment.validators().execute(attempt);
        } catch (RejectedExecutionException e) {
            // The node stops: nobody is to blame.
            attempt.finish(State.WAITING, Verdict.IGNORE);
        }
    }

    private int threads() {
        int configured = context.settings().validatorThreads();
        return configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
    }

    /** As many threads as configured, and one for each that hangs, up to twice as many in all. */
    public void resize() {
        environment.validatorThreads().accept(threads() + Math.min(Math.max(0, hung.get()), threads()));
    }

    /** Gives up on validators that take too long. */
    public void tick(long now) {
        long timeout = TimeUnit.SECONDS.toNanos(context.settings().validatorTimeoutSeconds());
        attempts.forEach(attempt -> attempt.check(now, timeout));
    }

    /** Whether any message has no verdict yet. Any thread. */
    public boolean isBusy() {
        return !attempts.isEmpty();
    }
}
