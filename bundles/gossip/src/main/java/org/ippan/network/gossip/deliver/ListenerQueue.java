// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.HeldMessage;

/**
 * The queue of one listener and the task that empties it: one at a time, on a thread that holds up nobody else. With
 * {@link Overflow#BLOCK} messages beyond the bound are taken all the same, but keep their room in the validation queue
 * until they are within it: that stops the intake, not the thread that delivers. Any thread may offer.
 */
public final class ListenerQueue implements Runnable {

    private static final int BATCH = 256;
    private static final long SLOW = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private final GossipListener listener;
    private final Subscription subscription;
    private final Queue<HeldMessage> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    /** Messages beyond the bound, in the order of the queue. */
    private final Queue<HeldMessage> beyond = new ConcurrentLinkedQueue<>();
    private final AtomicInteger beyondSize = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean wasFull;
    private volatile long fullAt;
    private volatile boolean closed;

    ListenerQueue(GossipContext context, GossipListener listener, Subscription subscription) {
        this.context = context;
        this.listener = listener;
        this.subscription = subscription;
    }

    GossipListener listener() {
        return listener;
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

    /** Puts a message into the queue, or does what the overflow rule says. */
    void offer(HeldMessage message) {
        if (size.getAndIncrement() >= capacity() && !makeRoom(message)) {
            return;
        }
        queue.add(message);
        if (closed) {
            relieve(0);
        }
        schedule();
    }

    /** Acts on a full queue. Whether the message may still go in. */
    private boolean makeRoom(HeldMessage message) {
        fullAt = context.nanos();
        wasFull = true;
        switch (overflow()) {
            case BLOCK -> {
                message.hold();
                beyond.add(message);
                beyondSize.incrementAndGet();
                return true;
            }
            case DROP_OLDEST -> {
                if (queue.poll() != null) {
                    size.decrementAndGet();
                    drop();
                }
                return true;
            }
            default -> {
                size.decrementAndGet();
                drop();
                return false;
            }
        }
    }

    private void drop() {
        dropped.increment();
        context.services.metrics.recordMessageDropped(DropReason.LISTENER_FULL);
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            execute();
        }
    }

    private void execute() {
        try {
            context.callbacks.execute(this);
        } catch (RejectedExecutionException e) {
            // More listeners hang than there are threads for: the next message tries again.
            scheduled.set(false);
            failures.increment();
        }
    }

    @Override
    public void run() {
        Callback.begin();
        try {
            HeldMessage message;
            for (int i = 0; i < BATCH && (message = queue.poll()) != null; i++) {
                relieve(size.decrementAndGet());
                call(message);
            }
        } finally {
            Callback.end();
        }
        if (!queue.isEmpty()) {
            execute();
            return;
        }
        scheduled.set(false);
        if (!queue.isEmpty()) {
            schedule();
        }
    }

    /** Gives the room back of those that are within the bound now. */
    private void relieve(int queued) {
        int allowed = closed ? 0 : Math.max(0, queued - capacity());
        while (beyondSize.get() > allowed) {
            HeldMessage within = beyond.poll();
            if (within == null) {
                return;
            }
            beyondSize.decrementAndGet();
            within.release();
        }
    }

    private void call(HeldMessage message) {
        if (closed) {
            return;
        }
        try {
            listener.onMessage(message);
            delivered.increment();
        } catch (Throwable e) {
            // The application's mistake, whatever it is: isolated, counted and shown in the snapshot.
            failures.increment();
        }
    }

    /** The listener is gone: what waits for it is dropped, and holds no room any more. */
    void close() {
        closed = true;
        relieve(0);
    }

    boolean isDrained() {
        return closed || size.get() == 0 && !scheduled.get();
    }

    ListenerSnapshot snapshot() {
        boolean slow = wasFull && context.nanos() - fullAt < SLOW;
        return new ListenerSnapshot(subscription.name(), String.join(", ", subscription.topics()), overflow(),
                size.get(), capacity(), delivered.sum(), dropped.sum(), failures.sum(), slow);
    }
}
