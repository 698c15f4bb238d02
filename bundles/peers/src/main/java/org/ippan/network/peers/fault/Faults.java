// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.chaos.FrameFault.LinkFault;

/** The service of faults there is now, and what its victims need. Safe for any thread. */
public final class Faults {

    private final ScheduledExecutorService timer;
    private final Ticker ticker;
    private final BiConsumer<Object, Throwable> failed;
    private volatile FrameFault fault;

    /**
     * There is none.
     *
     * @param timer reminds links of what they hold
     * @param failed is told of services that throw
     */
    public Faults(ScheduledExecutorService timer, Ticker ticker, BiConsumer<Object, Throwable> failed) {
        this.timer = timer;
        this.ticker = ticker;
        this.failed = failed;
    }

    /** The services there are, most important first. */
    public void set(List<FrameFault> mostImportantFirst) {
        fault = mostImportantFirst.isEmpty() ? null : mostImportantFirst.get(0);
    }

    /** What befalls a link; null if nothing does. */
    public LinkFault on(PeerId peer) {
        FrameFault now = fault;
        try {
            return now == null ? null : now.on(peer).orElse(null);
        } catch (RuntimeException | Error e) {
            failed.accept(now, e);
            return null;
        }
    }

    long nanos() {
        return ticker.nanos();
    }

    void later(Runnable task, long nanos) {
        try {
            timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The bundle stops: links hand over what they hold when they end.
        }
    }

    void failed(Object culprit, Throwable failure) {
        failed.accept(culprit, failure);
    }
}
