// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery;

import java.security.SecureRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.HttpFetch;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;

/** The threads of one source: one searches, another helps it where it needs that and ends when there is no need. */
final class DiscoveryThreads {

    private static final long IDLE_SECONDS = 5;
    private static final long STOP_MILLIS = 2000;

    final RandomGenerator random = new SecureRandom();
    final ScheduledThreadPoolExecutor timer;
    final ScheduledThreadPoolExecutor watch;
    final ThreadPoolExecutor reader;

    DiscoveryThreads(String source) {
        // A source that searches nothing has no thread.
        timer = new TimerThreads("ippan-discovery-" + source, IDLE_SECONDS);
        watch = HttpFetch.watching("ippan-discovery-" + source + "-watch");
        reader = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
                TimerThreads.named("ippan-discovery-" + source + "-reader"));
    }

    /** Ends all threads, in a bounded time. */
    void stop() {
        timer.shutdownNow();
        // Ends by itself: until then it ends what is still being fetched.
        watch.shutdown();
        reader.shutdownNow();
        Uninterrupted.await(Ticker.system(), STOP_MILLIS, nanos -> timer.awaitTermination(nanos, TimeUnit.NANOSECONDS)
                && reader.awaitTermination(nanos, TimeUnit.NANOSECONDS));
    }
}
