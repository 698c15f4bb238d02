// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbackThreadsTest {

    private final CallbackThreads pool = new CallbackThreads("callback", 4);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void shouldRunWhatFoundNoThreadAsSoonAsOneIsFree() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(40);
        for (int i = 0; i < 40; i++) {
            pool.execute(() -> {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    return;
                }
                all.countDown();
            });
        }

        boolean crowded = pool.isCrowded();
        released.countDown();

        assertTrue(crowded);
        assertTrue(all.await(10, TimeUnit.SECONDS), all.getCount() + " never ran");
        assertEquals(4, pool.getLargestPoolSize());
        assertFalse(pool.isCrowded());
    }

    @Test
    void shouldHaveAThreadForEachTaskThatBlocks() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(4);
        AtomicInteger met = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            pool.execute(() -> {
                together.countDown();
                try {
                    met.addAndGet(together.await(10, TimeUnit.SECONDS) ? 1 : 0);
                } catch (InterruptedException e) {
                    return;
                }
                done.countDown();
            });
        }

        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(4, met.get());
    }

    /** Applications that hang, as many as there are threads, must not silence the others. */
    @Test
    void shouldReplaceThreadsWhenAllOfThemHang() throws InterruptedException {
        CallbackThreads small = new CallbackThreads("callback", 4, 50);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100);
        try {
            for (int i = 0; i < 8; i++) {
                small.execute(() -> awaitForEver(never));
            }
            for (int i = 0; i < 100; i++) {
                small.execute(others::countDown);
            }

            assertTrue(others.await(10, TimeUnit.SECONDS), others.getCount() + " never ran");
            assertTrue(small.getMaximumPoolSize() <= 16, small.toString());
        } finally {
            never.countDown();
            small.shutdownNow();
        }
    }

    private static void awaitForEver(CountDownLatch never) {
        while (never.getCount() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void shouldRefuseWhatComesAfterTheEnd() {
        pool.shutdownNow();

        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> { }));
    }
}
