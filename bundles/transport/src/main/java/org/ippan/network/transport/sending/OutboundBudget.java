// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * What all queues hold together, a body shared by several counted once. Spent, it stays spent until a quarter is free
 * again. Safe for any thread.
 */
public final class OutboundBudget {

    private final AtomicLong used = new AtomicLong();
    private final Runnable onRelief;
    private volatile long limit;
    private volatile boolean spent;

    /**
     * A budget of which nothing is used.
     *
     * @param onRelief told, by whichever thread frees the bytes, that there is room again
     */
    public OutboundBudget(long limit, Runnable onRelief) {
        this.limit = limit;
        this.onRelief = onRelief;
    }

    public void limit(long bytes) {
        limit = bytes;
        judge(used.get());
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    /** Whether no queue should take bodies. */
    public boolean spent() {
        return spent;
    }

    void retain(OutboundFrame frame) {
        if (frame.retain()) {
            judge(used.addAndGet(frame.length()));
        }
    }

    void release(OutboundFrame frame) {
        if (frame.release()) {
            judge(used.addAndGet(-frame.length()));
        }
    }

    private void judge(long bytes) {
        if (spent) {
            if (bytes <= limit - limit / 4) {
                spent = false;
                onRelief.run();
            }
        } else if (bytes >= limit) {
            spent = true;
        }
    }
}
