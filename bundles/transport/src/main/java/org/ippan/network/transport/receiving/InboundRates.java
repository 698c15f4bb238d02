// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import java.util.concurrent.TimeUnit;
import org.ippan.network.transport.rate.TokenBucket;
import org.ippan.network.transport.settings.TransportSettings.Inbound;

/**
 * What a peer may send in a second. Messages over their rate are not refused: they are taken, and reading waits until
 * they are paid. Control frames over theirs are. Confined to one thread; time comes from the caller.
 */
final class InboundRates {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Messages come in bursts of this, beyond which they are read at their rate. */
    private static final long BURST_NANOS = SECOND / 10;
    /** Over the rate for so long, never a second without, is an offence. */
    private static final long OFFENCE_NANOS = 30 * SECOND;

    private final Inbound limits;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final TokenBucket control;
    private boolean over;
    private long overSince;
    private long lastOver;

    InboundRates(Inbound limits, long nowNanos) {
        this.limits = limits;
        this.messages = new TokenBucket(limits.messagesPerSecond(), BURST_NANOS, nowNanos);
        this.bytes = new TokenBucket(limits.bytesPerSecond(), BURST_NANOS, nowNanos);
        this.control = new TokenBucket(limits.controlFramesPerSecond(), SECOND, nowNanos);
    }

    Inbound limits() {
        return limits;
    }

    /** A message came, of this length with its header: how long not to read. */
    long message(int length, long nowNanos) {
        if (limits.messagesPerSecond() == 0 && limits.bytesPerSecond() == 0) {
            return 0;
        }
        messages.take(1, nowNanos);
        bytes.take(length, nowNanos);
        return Math.max(messages.waitNanos(nowNanos), bytes.waitNanos(nowNanos));
    }

    /** Whether to heed a control frame that came. */
    boolean control(long nowNanos) {
        if (control.waitNanos(nowNanos) == 0) {
            control.take(1, nowNanos);
            return true;
        }
        if (!over || nowNanos - lastOver > SECOND) {
            over = true;
            overSince = nowNanos;
        }
        lastOver = nowNanos;
        return false;
    }

    /** Whether control frames have been over their rate for too long. */
    boolean isOffence() {
        return over && lastOver - overSince >= OFFENCE_NANOS;
    }
}
