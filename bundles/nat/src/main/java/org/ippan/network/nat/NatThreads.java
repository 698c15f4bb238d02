// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.HttpFetch;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;

/** One thread asks the router, another ends what takes too long; both end when there is nothing to do. */
final class NatThreads {

    private static final long IDLE_SECONDS = 5;
    /** In which mappings are removed when the bundle stops; else they go with their leases. */
    private static final long STOP_MILLIS = 2000;

    final ScheduledThreadPoolExecutor timer = new TimerThreads("ippan-nat-timer", IDLE_SECONDS);
    final ScheduledThreadPoolExecutor watch = HttpFetch.watching("ippan-nat-watch");

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Ends both once this is complete, or the time is over. */
    void stop(CompletableFuture<Void> last) {
        Uninterrupted.await(Ticker.system(), STOP_MILLIS, nanos -> {
            last.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS).join();
            return true;
        });
        timer.shutdownNow();
        // Ends by itself: until then it ends what a router is still being asked.
        watch.shutdown();
    }
}
