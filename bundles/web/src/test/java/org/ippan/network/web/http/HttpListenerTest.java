// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpListenerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** More than wait for a worker. */
    private static final int MANY = 1000;

    private final WebThreads threads = new WebThreads();
    private final CountDownLatch free = new CountDownLatch(1);

    @AfterEach
    void stop() {
        free.countDown();
        threads.stop();
    }

    private void work() {
        try {
            free.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As where it is moved while it is besieged. */
    @Test
    void shouldListenOnceThereIsAWorkerToLookUpItsName() throws Exception {
        assertThrows(RejectedExecutionException.class, () -> {
            for (int i = 0; i < MANY; i++) {
                threads.work.execute(this::work);
            }
        });
        HttpListener listener = new HttpListener(threads, new ChannelInboundHandlerAdapter());

        listener.open(ListenAddress.parse("127.0.0.1:0"));
        Eventually.until("it says why", SOON, () -> listener.error().contains("too many requests at once"));
        free.countDown();

        Eventually.until("it listens", SOON, () -> listener.address().isPresent());
    }
}
