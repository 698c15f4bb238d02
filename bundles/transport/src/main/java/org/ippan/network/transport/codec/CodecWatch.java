// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.TimerThreads;

/**
 * Looks at the calls of codecs again and again, on a thread that there is only while there are codecs to look at: the
 * threads of links may be the ones that hang. Any thread adds.
 */
final class CodecWatch {

    private static final long LOOK_MILLIS = 250;
    private static final long IDLE_SECONDS = 10;

    private final Map<CodecCalls, Runnable> watched = new ConcurrentHashMap<>();
    private final TimerThreads timer = new TimerThreads("ippan-transport-codecs", IDLE_SECONDS);
    /** Guarded by this; null while there is nothing to look at. */
    private ScheduledFuture<?> looks;

    /**
     * A codec came.
     *
     * @param calls of it
     * @param writeOff has it used no more
     */
    synchronized void add(CodecCalls calls, Runnable writeOff) {
        watched.put(calls, writeOff);
        if (looks == null && !timer.isShutdown()) {
            looks = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watched.forEach(CodecCalls::look);
        watched.keySet().removeIf(CodecCalls::isOver);
        rest();
    }

    private synchronized void rest() {
        if (watched.isEmpty() && looks != null) {
            looks.cancel(false);
            looks = null;
        }
    }

    /** The node stops. */
    void stop() {
        timer.shutdownNow();
        watched.keySet().forEach(CodecCalls::stop);
    }
}
