// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;

/**
 * The threads of the page: one for the sockets, and a few for answers, which ask other bundles and may take a while.
 * The loop stands alone, as a group of Netty's would leave a thread of its own behind for a while.
 */
public final class WebThreads {

    /** One may be busy with a check-up for seconds, and the others still answer. */
    private static final int WORKERS = 3;
    private static final int WAITING = 256;
    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 3;

    static {
        // Else Netty looks for the logging libraries of others first.
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    }

    public final EventLoop loop = new Loop(named("io"));
    public final ThreadPoolExecutor work = new ThreadPoolExecutor(WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING), named("work"));

    public WebThreads() {
        work.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String role) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new FastThreadLocalThread(task, "ippan-web-" + role + "-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Ends all threads, in a bounded time. */
    public void stop() {
        work.shutdownNow();
        loop.shutdownGracefully(0, STOP_SECONDS - 1, TimeUnit.SECONDS);
        Uninterrupted.await(Ticker.system(), TimeUnit.SECONDS.toMillis(STOP_SECONDS),
                nanos -> loop.awaitTermination(nanos, TimeUnit.NANOSECONDS));
    }

    /** As that of the transport: Netty's ends without another look at what was opened while it was told to end. */
    private static final class Loop extends SingleThreadIoEventLoop {

        Loop(ThreadFactory threads) {
            super(null, threads, NioIoHandler.newFactory());
        }

        @Override
        protected void run() {
            super.run();
            if (isShuttingDown()) {
                ioHandler().prepareToDestroy();
            }
        }
    }
}
