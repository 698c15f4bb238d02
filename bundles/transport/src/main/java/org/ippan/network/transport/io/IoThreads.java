// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;

/**
 * The bundle's threads: event loops, and a few for what blocks, which is looking up names. The loops stand alone, as a
 * group of Netty's would leave a thread of its own behind for a while.
 */
public final class IoThreads {

    private static final int MAX_AUTOMATIC = 4;
    private static final int LOOKUPS_AT_ONCE = 4;
    private static final int LOOKUPS_WAITING = 1024;
    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 3;

    static {
        // Else Netty looks for the logging libraries of others first.
        InternalLoggerFactory.setDefaultFactory(new NettyLogs());
        // A search for errors of ours, which tests do for every buffer: here it costs, and would find nothing.
        if (ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.SIMPLE) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    private final EventLoop[] loops;
    private final ThreadPoolExecutor blocking;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Threads, started when there is work.
     *
     * @param count of event loops, 0 for one per processor but at most four
     */
    public IoThreads(int count) {
        loops = new EventLoop[count > 0 ? count : Math.min(MAX_AUTOMATIC, Runtime.getRuntime().availableProcessors())];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = new Loop(named("ippan-transport-io-" + i));
        }
        AtomicInteger lookups = new AtomicInteger();
        blocking = new ThreadPoolExecutor(LOOKUPS_AT_ONCE, LOOKUPS_AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LOOKUPS_WAITING),
                task -> named("ippan-transport-lookup-" + lookups.getAndIncrement()).newThread(task));
        blocking.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new FastThreadLocalThread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The loop for a new channel, each in its turn. */
    public EventLoop next() {
        return loops[Math.floorMod(turn.getAndIncrement(), loops.length)];
    }

    /** Where the listener lives. */
    public EventLoop first() {
        return loops[0];
    }

    /** For what blocks. */
    public Executor blocking() {
        return blocking;
    }

    /** Ends all threads, in a bounded time. */
    public void stop() {
        blocking.shutdownNow();
        for (EventLoop loop : loops) {
            loop.shutdownGracefully(0, STOP_SECONDS - 1, TimeUnit.SECONDS);
        }
        for (EventLoop loop : loops) {
            Uninterrupted.await(Ticker.system(), TimeUnit.SECONDS.toMillis(STOP_SECONDS),
                    nanos -> loop.awaitTermination(nanos, TimeUnit.NANOSECONDS));
        }
    }

    /**
     * Netty's loop closes what is open, then runs what is left to do, and ends without another look if it was told to
     * end in between. This one looks once more.
     */
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

    /** Runs a task on a loop unless that has ended. */
    public static boolean execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
