// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.callback.CallbackFaults.Call;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.HeldMessage;

/**
 * The queue of one listener and the task that empties it: one at a time, on a thread that holds up no other one. It is
 * bounded in messages and in bytes, but holds one message of any length. With {@link Overflow#BLOCK} messages beyond
 * the bounds are taken all the same, but keep their room in the validation queue until they are within them: that stops
 * the intake, not the thread that delivers. Any thread may offer.
 */
public final class ListenerQueue implements Runnable {

    private static final int BATCH = 256;
    /** Where tasks wait for a thread, a listener gives its own up after so long: quick ones deal with all they have. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Part of the room for validation that one queue may have in bytes. */
    private static final int PART = 4;
    /** What is queued together is such a part of the bounds at most. */
    private static final int FEW = 16;
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private final GossipListener listener;
    private volatile Subject subject;
    private volatile Subscription subscription;
    /** Messages that came together, not to be changed: other listeners have them, too. */
    private final Queue<HeldMessage[]> queue = new ConcurrentLinkedQueue<>();
    /** Those that the task is at, and the next of them; null if it is at none. Who has the task changes it. */
    private volatile HeldMessage[] taken;
    private int next;
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** Messages beyond the bounds, in the order of the queue, of which they are the end. */
    private final Queue<HeldMessage> beyond = new ConcurrentLinkedQueue<>();
    private final AtomicInteger beyondSize = new AtomicInteger();
    private final AtomicLong beyondBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean calling;
    /** Changed by who has the task. */
    private final AtomicLong delivered = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean wasFull;
    private volatile long fullAt;
    private volatile boolean closed;

    ListenerQueue(GossipContext context, GossipListener listener, Subject subject, Subscription subscription) {
        this.context = context;
        this.listener = listener;
        this.subject = subject;
        this.subscription = subscription;
    }

    Subject subject() {
        return subject;
    }

    /** Its registration has other properties now; what waits is still delivered. */
    void change(Subject newSubject, Subscription newSubscription) {
        subject = newSubject;
        subscription = newSubscription;
        relieve();
    }

    /** Messages that it has not had to its end: those that wait, and the one that it is at. */
    int undelivered() {
        HeldMessage[] rest = taken;
        return closed ? 0 : size.get() + (rest == null ? 0 : rest.length - next) + (calling ? 1 : 0);
    }

    List<String> topics() {
        return subscription.topics();
    }

    private int capacity() {
        return subscription.capacity() > 0 ? subscription.capacity() : context.settings().listenerQueue();
    }

    private Overflow overflow() {
        return subscription.overflow() != null ? subscription.overflow() : context.settings().listenerOverflow();
    }

    /** Whether a queue of this size and length is within the bounds. */
    private boolean fits(int messages, long length) {
        return messages <= 1 || messages <= capacity() && length <= context.validationLimit() / PART;
    }

    /** Puts messages into the queue, or does what the overflow rule says; {@link #wake} has them delivered. */
    void offer(HeldMessage[] messages, long cost) {
        if (messages.length > 1 && !mayStayTogether(messages.length, cost)) {
            for (HeldMessage message : messages) {
                offer(new HeldMessage[] {message}, message.cost());
            }
            return;
        }
        boolean fits = fits(size.addAndGet(messages.length), bytes.addAndGet(cost));
        if (fits && beyondSize.get() == 0 || makeRoom(messages, cost)) {
            queue.add(messages);
        }
        relieve();
    }

    /** Whether so many may leave the queue together: none of them is dropped, and beside its bounds they are few. */
    private boolean mayStayTogether(int messages, long cost) {
        return overflow() == Overflow.BLOCK && (long) messages * FEW <= capacity()
                && cost * FEW <= context.validationLimit() / PART;
    }

    /** Has what was offered delivered, unless that is under way. */
    void wake() {
        if (hasMore()) {
            schedule();
        }
    }

    private boolean hasMore() {
        return taken != null || !queue.isEmpty();
    }

    private void leave(int messages, long cost) {
        size.addAndGet(-messages);
        bytes.addAndGet(-cost);
    }

    /** Acts on a full queue. Whether the messages may still go in together. */
    private boolean makeRoom(HeldMessage[] messages, long cost) {
        fullAt = context.nanos();
        wasFull = true;
        Overflow rule = overflow();
        if (rule == Overflow.BLOCK) {
            hold(messages, cost);
            return true;
        }
        relieve();
        if (rule == Overflow.DROP_OLDEST) {
            HeldMessage[] oldest;
            while (!fits(size.get(), bytes.get()) && (oldest = queue.poll()) != null) {
                leave(oldest.length, HeldMessage.cost(oldest));
                drop(oldest.length);
            }
            return true;
        }
        leave(messages.length, cost);
        drop(messages.length);
        return false;
    }

    private void hold(HeldMessage[] messages, long cost) {
        for (HeldMessage message : messages) {
            message.hold();
            beyond.add(message);
        }
        beyondSize.addAndGet(messages.length);
        beyondBytes.addAndGet(cost);
    }

    private void drop(int messages) {
        dropped.add(messages);
        for (int i = 0; i < messages; i++) {
            context.services.metrics.recordMessageDropped(DropReason.LISTENER_FULL);
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            execute();
        }
    }

    private void execute() {
        try {
            context.callbacks.executor().execute(this);
        } catch (RejectedExecutionException e) {
            // The node stops: what waits is counted as left.
            scheduled.set(false);
        }
    }

    @Override
    public void run() {
        Callback.begin(subject);
        Call running = context.faults().begin(subject);
        try {
            calling = true;
            long begin = context.nanos();
            HeldMessage message;
            for (int i = 0; i < BATCH && (!context.callbacks.isCrowded() || context.nanos() - begin < TURN_NANOS)
                    && (message = take()) != null; i++) {
                call(message);
                running.next();
            }
        } finally {
            calling = false;
            running.end();
            Callback.end();
        }
        if (hasMore()) {
            execute();
            return;
        }
        scheduled.set(false);
        if (hasMore()) {
            schedule();
        }
    }

    /** The next message, or null. What came together leaves the queue together, before the first of it is delivered. */
    private HeldMessage take() {
        HeldMessage[] messages = taken;
        if (messages == null) {
            messages = queue.poll();
            if (messages == null) {
                return null;
            }
            leave(messages.length, HeldMessage.cost(messages));
            relieve();
            next = 0;
        }
        HeldMessage message = messages[next++];
        HeldMessage[] rest = next < messages.length ? messages : null;
        if (rest != taken) {
            taken = rest;
        }
        return message;
    }

    /** Gives the room back of those that are within the bounds now, or of all if the queue is gone or only drops. */
    void relieve() {
        HeldMessage first;
        boolean all = closed || overflow() != Overflow.BLOCK;
        while (beyondSize.get() > 0 && (first = beyond.peek()) != null && (all || isWithin(first))
                && (first = beyond.poll()) != null) {
            beyondSize.decrementAndGet();
            beyondBytes.addAndGet(-first.cost());
            first.release();
        }
    }

    /** Whether the first of those beyond the bounds is within them, with all that stand before it. */
    private boolean isWithin(HeldMessage first) {
        return fits(size.get() - beyondSize.get() + 1, bytes.get() - beyondBytes.get() + first.cost());
    }

    private void call(HeldMessage message) {
        if (closed) {
            return;
        }
        try {
            listener.onMessage(message);
            delivered.lazySet(delivered.get() + 1);
        } catch (Throwable e) {
            // The application's mistake, whatever it is: isolated, counted, logged and a finding.
            failures.increment();
            context.faults().failed(subject, e);
            if (closed) {
                // It went meanwhile, and is forgotten.
                context.faults().forget(subject);
            }
        } finally {
            // A flag the listener left behind must not interrupt the next one.
            Thread.interrupted();
        }
    }

    /** The listener is gone: what waits for it is dropped, and holds no room any more. */
    void close() {
        closed = true;
        relieve();
    }

    boolean isDrained() {
        return closed || size.get() == 0 && !scheduled.get();
    }

    ListenerSnapshot snapshot() {
        boolean slow = wasFull && context.nanos() - fullAt < SLOW_NANOS;
        return new ListenerSnapshot(subject.name(), String.join(", ", subscription.topics()), overflow(),
                size.get(), capacity(), delivered.get(), dropped.sum(), failures.sum(), slow);
    }
}
