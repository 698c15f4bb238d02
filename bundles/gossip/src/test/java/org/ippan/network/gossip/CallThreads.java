// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Keeps calls of validators until a test wants them, and runs each on a thread of its own. */
final class CallThreads implements Executor {

    private final ConcurrentLinkedDeque<Runnable> due = new ConcurrentLinkedDeque<>();
    private final List<Thread> threads = new ArrayList<>();

    @Override
    public void execute(Runnable call) {
        due.add(call);
    }

    /** Runs what is due until it blocks or is done, and so many threads are blocked. */
    void run(int blocked) {
        for (Runnable call = due.poll(); call != null; call = due.poll()) {
            Thread thread = new Thread(call, "validator");
            thread.start();
            threads.add(thread);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (threads.stream().filter(Thread::isAlive).filter(thread -> thread.getState() != Thread.State.WAITING)
                .findAny().isPresent() || threads.stream().filter(Thread::isAlive).count() != blocked) {
            assertTrue(System.nanoTime() < deadline, "threads blocked: "
                    + threads.stream().filter(Thread::isAlive).map(Thread::getState).toList() + ", not " + blocked);
            Thread.onSpinWait();
        }
    }

    /** Runs the first that is due here. */
    void runFirst() {
        due.removeFirst().run();
    }

    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertFalse(thread.isAlive(), thread.getName());
        }
    }
}
