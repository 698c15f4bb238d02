// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.RateLimit;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.transport.settings.TransportSettings.Inbound;

/**
 * What a peer may send in a second. Messages over their rate are not refused: they are taken, and reading waits until
 * they are paid. Control frames over theirs are. Confined to one thread; time comes from the caller.
 */
final class InboundRates {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Messages come in bursts of this, beyond which they are read at their rate. */
    private static final long BURST_NANOS = SECOND / 10;

    private final Inbound limits;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final RateLimit control;

    InboundRates(Inbound limits, long nowNanos) {
        this.limits = limits;
        this.messages = new TokenBucket(Rate.perSecond(limits.messagesPerSecond(), BURST_NANOS), nowNanos);
        this.bytes = new TokenBucket(Rate.perSecond(limits.bytesPerSecond(), BURST_NANOS), nowNanos);
        this.control = new RateLimit(Rate.perSecond(limits.controlFramesPerSecond()), nowNanos);
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
        return control.allow(1, nowNanos);
    }

    /** Whether control frames have been over their rate for too long. */
    boolean isOffence() {
        return control.isOffence();
    }
}
