// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands work to the one thread the relay's state is confined to. The executor is woken once for a burst and not for
 * each piece: an executor's own queue costs a lock and a wake-up each time.
 */
public final class Mailbox implements Runnable {

    private static final int BATCH = 1024;
    /** From here on the makers of the work are slowed. */
    static final int FULL = 32 * 1024;

    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Executor executor;

    /** An empty one; the executor has one thread. */
    public Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** Has a piece of work done after all before it. Any thread. */
    public void post(Runnable piece) {
        work.add(piece);
        if (size.getAndIncrement() == 0) {
            schedule();
        }
    }

    /** Whether there is so much to do that nothing should be added to it. */
    public boolean isFull() {
        return size.get() >= FULL;
    }

    /** Pieces of work that wait. */
    public int size() {
        return size.get();
    }

    /** Whether all work is done. */
    public boolean isEmpty() {
        return size.get() == 0;
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            // The node stops: the state this work is about is gone.
            work.clear();
        }
    }

    @Override
    public void run() {
        int done = 0;
        try {
            Runnable piece;
            while (done < BATCH && (piece = work.poll()) != null) {
                done++;
                piece.run();
            }
        } finally {
            if (size.addAndGet(-done) > 0) {
                schedule();
            }
        }
    }
}
