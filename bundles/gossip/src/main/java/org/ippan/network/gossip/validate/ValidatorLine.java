// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ValidatorSnapshot;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;

/**
 * One validator with the messages that wait for it: room, threads and time-outs of its own, so that one that hangs or
 * is slow costs only its own messages. Topics take turns, and the last thread is for a topic that has none. A call that
 * takes too long is interrupted; one that does not return even so is written off and another thread takes its place,
 * up to a bound. Where the room is full, links wait for a validator that is quick, and the messages of a slow one are
 * ignored: while a link is not read, everything else it brings waits too. Any thread.
 */
public final class ValidatorLine {

    /** How long an interrupted call may take to return. */
    static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final GossipContext context;
    private final MessageValidator validator;
    private final Callbacks threads;
    private volatile Registration registration;
    private final Mistakes mistakes;
    private final Room room;
    private final Map<GossipLink, Room.Share> shares = new ConcurrentHashMap<>();
    /** Guarded by this, as all below. */
    private final Turns waiting = new Turns();
    private final Set<Attempt> inside = new LinkedHashSet<>();
    private final Set<Call> running = new LinkedHashSet<>();
    private final HungCalls stuck = new HungCalls();
    private boolean closed;
    private volatile boolean givesUp;
    private final Pace pace = new Pace();

    /**
     * Nothing waits.
     *
     * @param onRelief called by any thread when there is room again
     */
    ValidatorLine(GossipContext context, MessageValidator validator, Registration registration, Callbacks threads,
            Runnable onRelief) {
        this.context = context;
        this.validator = validator;
        this.registration = registration;
        this.mistakes = new Mistakes(context, this::registration);
        this.threads = threads;
        this.room = new Room(onRelief);
    }

    /** How it registered. */
    public Registration registration() {
        return registration;
    }

    /** It has other properties now; {@link #handOn} follows when all know. */
    public void change(Registration changed) {
        registration = changed;
    }

    /** What waits and does not concern it any more is for others. */
    public void handOn() {
        List<Attempt> left;
        synchronized (this) {
            left = waiting.drain(topic -> registration.topics().stream().noneMatch(topic::matches));
            left.forEach(inside::remove);
        }
        left.forEach(Attempt::start);
    }

    Room room() {
        return room;
    }

    /** As operators see it. */
    synchronized ValidatorSnapshot snapshot() {
        return new ValidatorSnapshot(registration.subject().name(), String.join(", ", registration.topics()),
                inside.size(), running.size(), stuck.size(), pace.averageMillis());
    }

    private Room.Share share(GossipLink link) {
        return shares.computeIfAbsent(link, any -> room.share(link.dialled()));
    }

    /** Whether a message of this cost may come. */
    Vacancy vacancy(GossipLink link, Topic topic, int cost) {
        if (givesUp && isGivenUp(topic)) {
            return Vacancy.NONE;
        }
        return share(link).admits(cost) ? Vacancy.FREE : isSlow() ? Vacancy.NONE : Vacancy.SOON;
    }

    private synchronized boolean isGivenUp(Topic topic) {
        return stuck.areTooMany(topic, context.settings().maxHungCalls());
    }

    private synchronized boolean isSlow() {
        long now = context.nanos();
        return pace.isSlow() || !inside.isEmpty() && now - inside.iterator().next().since() >= Pace.PATIENCE
                && (pace.isLongFor(inside.size(), atOnce())
                || running.stream().anyMatch(call -> call.nanos(now) >= Pace.PATIENCE));
    }

    /** A message is ignored because of this validator. */
    void ignores(int messages) {
        mistakes.tell((faults, subject) -> faults.record(subject, CallbackProblem.OVERLOADED, messages, "", null));
    }

    /** Takes a message in, and has it judged in its turn. Whether the validator is still there. */
    boolean add(Attempt attempt) {
        attempt.message.enter(share(attempt.message.from));
        synchronized (this) {
            if (closed) {
                return false;
            }
            attempt.came(context.nanos());
            inside.add(attempt);
            waiting.add(attempt);
        }
        if (givesUp) {
            giveUp();
        }
        start();
        return true;
    }

    /** Has as many messages judged at once as may be. */
    void start() {
        for (Call call = next(); call != null; call = next()) {
            execute(call);
        }
    }

    private void execute(Call call) {
        try {
            threads.executor().execute(call);
        } catch (RejectedExecutionException e) {
            // The node stops: no one is to blame.
            call.cancel();
        }
    }

    /** The next call, if there may be one more at once. */
    synchronized Call next() {
        int atOnce = atOnce();
        Attempt attempt = closed || running.size() > atOnce ? null
                : waiting.poll(topic -> running.size() < atOnce || isIdle(topic));
        if (attempt == null) {
            return null;
        }
        Call call = new Call(this, attempt);
        running.add(call);
        return call;
    }

    private boolean isIdle(Topic topic) {
        return running.stream().map(Call::topic).noneMatch(topic::equals);
    }

    /** What the thread that ended a call does next; null if it is needed for something else. */
    Call following() {
        Call next = threads.isCrowded() ? null : next();
        start();
        return next;
    }

    /** Whether a call may begin. */
    synchronized boolean begins(Call call) {
        return !closed || !running.remove(call);
    }

    long nanos() {
        return context.nanos();
    }

    private int atOnce() {
        int configured = context.settings().validatorThreads();
        return configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
    }

    Verdict ask(Attempt attempt) {
        try {
            Verdict verdict = validator.validate(attempt.message);
            if (verdict != null) {
                return verdict;
            }
            failed(attempt, new NullPointerException("returned no verdict"));
        } catch (Throwable e) {
            // The application's mistake, whatever it is; it must cost no peer a point.
            failed(attempt, e);
        }
        return Verdict.IGNORE;
    }

    private void failed(Attempt attempt, Throwable failure) {
        if (!isInside(attempt)) {
            // It was interrupted, which is told already.
            return;
        }
        context.counters.validatorFailures.increment();
        mistakes.tell((faults, subject) -> faults.failed(subject, failure));
    }

    private synchronized boolean isInside(Attempt attempt) {
        return inside.contains(attempt);
    }

    /** A call has returned, after so long; whether its verdict counts. */
    synchronized boolean ended(Call call, long nanos) {
        pace.took(nanos);
        if (!running.remove(call) && stuck.remove(call) && stuck.isEmpty()) {
            givesUp = false;
            context.faults().ended(registration.subject(), CallbackProblem.STUCK);
        }
        return inside.remove(call.attempt());
    }

    /** Interrupts calls that take too long, and writes off those that do not return. The relay's thread. */
    void tick(long now) {
        long timeout = context.settings().validatorTimeoutNanos();
        List<Call> late = new ArrayList<>();
        String hung;
        synchronized (this) {
            for (Call call : List.copyOf(running)) {
                long took = call.nanos(now);
                if (took >= timeout && inside.remove(call.attempt())) {
                    late.add(call);
                } else if (took >= timeout + GRACE && running.remove(call)) {
                    stuck.add(call, call.topic());
                }
            }
            givesUp = !stuck.isEmpty();
            hung = givesUp ? stuck.toString() : "";
        }
        late.forEach(this::timedOut);
        if (givesUp) {
            mistakes.tell((faults, subject) -> faults.lasting(subject, CallbackProblem.STUCK, hung, null));
            giveUp();
        }
        start();
        shares.values().removeIf(Room.Share::isUnused);
    }

    synchronized void stop() {
        long now = context.nanos();
        running.stream().filter(call -> call.nanos(now) >= GRACE)
                .forEach(call -> context.faults().left(registration.subject(), call.thread()));
    }

    private void timedOut(Call call) {
        context.counters.validatorFailures.increment();
        Throwable where = call.interrupt();
        String detail = "topic=" + call.topic() + " limitSeconds=" + context.settings().validatorTimeoutSeconds();
        mistakes.tell((faults, subject) -> faults.record(subject, CallbackProblem.TIMED_OUT, 1, detail, where));
        call.attempt().said(Verdict.IGNORE);
    }

    /** Ignores what waits to be judged by calls that would not return either. */
    private void giveUp() {
        List<Attempt> drained;
        synchronized (this) {
            drained = waiting.drain(this::isGivenUp);
            inside.removeAll(drained);
        }
        if (!drained.isEmpty()) {
            ignores(drained.size());
            drained.forEach(attempt -> attempt.said(Verdict.IGNORE));
        }
    }

    /** The validator has gone: what it has not judged is for those who are there now. */
    void close() {
        List<Attempt> left;
        List<Call> calls;
        mistakes.end();
        synchronized (this) {
            closed = true;
            left = List.copyOf(inside);
            inside.clear();
            waiting.drain(topic -> true);
            calls = List.copyOf(running);
        }
        calls.forEach(Call::interrupt);
        left.forEach(Attempt::start);
    }
}
