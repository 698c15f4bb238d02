// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Want of memory in a task is not lost in a future. */
class TimerThreadsTest {

    private final TimerThreads timer = new TimerThreads("ippan-test-timer");
    private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void shouldTellTheHandlerOfUncaughtExceptionsThatMemoryIsOut() throws InterruptedException {
        OutOfMemoryError error = new OutOfMemoryError("a test");
        timer.execute(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> told.add(failure)));

        timer.scheduleWithFixedDelay(() -> {
            throw error;
        }, 0, 1, TimeUnit.HOURS);

        assertEquals(error, told.poll(10, TimeUnit.SECONDS));
    }

    /** The program's own handler, which is asked on threads that have more to do. */
    @Test
    void shouldIgnoreWhatTheHandlerOfUncaughtExceptionsThrows() throws InterruptedException {
        timer.execute(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            told.add(failure);
            throw new IllegalStateException("no dump");
        }));
        OutOfMemoryError error = new OutOfMemoryError("a test");
        BlockingQueue<Boolean> after = new LinkedBlockingQueue<>();

        timer.execute(() -> {
            TimerThreads.tellIfOutOfMemory(error);
            after.add(true);
        });

        assertEquals(error, told.poll(10, TimeUnit.SECONDS));
        assertEquals(true, after.poll(10, TimeUnit.SECONDS));
    }

    /** A look at services of which one is just being updated must not be the last one. */
    @Test
    void shouldDoAgainWhatFailedOnce() throws InterruptedException {
        BlockingQueue<Integer> looks = new LinkedBlockingQueue<>();
        timer.scheduleWithFixedDelay(() -> {
            looks.add(1);
            throw new IllegalStateException("its bundle stops");
        }, 0, 1, TimeUnit.MILLISECONDS);
        timer.scheduleAtFixedRate(() -> {
            looks.add(2);
            throw new NoClassDefFoundError("its classes are gone");
        }, 0, 1, TimeUnit.MILLISECONDS);

        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 20 || seen.size() < 2; i++) {
            Integer look = looks.poll(10, TimeUnit.SECONDS);
            assertNotNull(look, "no more after " + i);
            seen.add(look);
        }
    }

    @Test
    void shouldKeepOtherFailuresToTheirFutures() throws InterruptedException {
        BlockingQueue<Boolean> daemon = new LinkedBlockingQueue<>();
        timer.execute(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> told.add(failure)));
        timer.schedule(() -> {
            throw new IllegalStateException("a mistake");
        }, 0, TimeUnit.SECONDS);
        timer.schedule(() -> {
            throw new OutOfMemoryError("of direct memory") {
                private static final long serialVersionUID = 1;
            };
        }, 0, TimeUnit.SECONDS);

        timer.execute(() -> daemon.add(Thread.currentThread().isDaemon()));

        assertTrue(daemon.poll(10, TimeUnit.SECONDS));
        assertTrue(told.isEmpty(), told::toString);
    }
}
