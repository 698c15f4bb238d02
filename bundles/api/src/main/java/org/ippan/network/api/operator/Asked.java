// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.snapshot.SnapshotSource;

/**
 * A question to code that may be an application's and hang: it is waited for a moment, and not asked again until it has
 * answered, or the surfaces of the node would hang with it one after the other. Safe for any thread.
 */
final class Asked {

    static final long PATIENCE_MILLIS = 1_000;

    /** One for each that is asked just now, by whatever bundle. */
    private static final Map<SnapshotSource, Asked> UNDER_WAY = Collections.synchronizedMap(new IdentityHashMap<>());

    private final CountDownLatch over = new CountDownLatch(1);
    private final long begun = System.nanoTime();
    private final Thread thread;
    private volatile Record told;
    private volatile Throwable failure;

    private Asked(SnapshotSource source) {
        thread = TimerThreads.named("ippan-snapshot").newThread(() -> answer(source));
        thread.start();
    }

    private void answer(SnapshotSource source) {
        try {
            told = Sources.readable(source.snapshot());
        } catch (Throwable e) {
            // Thrown again where it is asked.
            failure = e;
        }
        UNDER_WAY.remove(source);
        over.countDown();
    }

    /** What it tells. */
    static Record ask(SnapshotSource source) {
        return UNDER_WAY.computeIfAbsent(source, Asked::new).await();
    }

    private Record await() {
        long left = PATIENCE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        if (!Uninterrupted.await(Ticker.system(), Math.max(0, left), nanos -> over.await(nanos,
                TimeUnit.NANOSECONDS))) {
            IllegalStateException late = new IllegalStateException("it does not answer within a second");
            late.setStackTrace(thread.getStackTrace());
            throw late;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
        }
        return told;
    }
}
