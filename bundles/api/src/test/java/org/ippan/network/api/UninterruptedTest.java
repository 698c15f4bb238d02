// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UninterruptedTest {

    private final List<Long> waits = new ArrayList<>();
    private long now;

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void shouldWaitOnForTheRestOfTheTimeAndKeepTheInterrupt() {
        boolean happened = Uninterrupted.await(() -> now, 10, nanos -> {
            waits.add(nanos);
            now += 4_000_000;
            if (waits.size() < 3) {
                throw new InterruptedException();
            }
            return true;
        });

        assertTrue(happened);
        assertEquals(List.of(10_000_000L, 6_000_000L, 2_000_000L), waits);
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldInterruptAllThreadsOfAPoolButTheOneThatEndsIt() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> other = pool.submit(() -> {
            begun.countDown();
            return never.await(10, TimeUnit.SECONDS);
        });

        Future<Boolean> own = pool.submit(() -> {
            begun.await();
            Uninterrupted.end(pool);
            return Thread.currentThread().isInterrupted();
        });

        assertFalse(own.get(10, TimeUnit.SECONDS));
        assertThrows(ExecutionException.class, () -> other.get(10, TimeUnit.SECONDS));
        assertTrue(pool.isShutdown());
    }

    @Test
    void shouldActWithoutTheInterruptAndHandItOnEvenIfTheActionFails() {
        Thread.currentThread().interrupt();

        assertThrows(IOException.class, () -> Uninterrupted.run(() -> {
            assertFalse(Thread.currentThread().isInterrupted());
            throw new IOException("disk full");
        }));

        assertTrue(Thread.interrupted());
    }
}
