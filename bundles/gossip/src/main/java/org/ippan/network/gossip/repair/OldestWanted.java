// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.gossip.model.GossipContext;

/**
 * Up to which age messages are wanted: older ones were forgotten, or would be ignored. Confined to the relay's thread.
 */
final class OldestWanted {

    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final GossipContext context;
    private long windowMillis = Long.MAX_VALUE;
    private long readAt;

    OldestWanted(GossipContext context) {
        this.context = context;
        this.readAt = context.nanos() - REFRESH_NANOS;
    }

    /** The age in milliseconds. */
    long millis(long now) {
        if (now - readAt >= REFRESH_NANOS) {
            readAt = now;
            MessageDeduplicator dedup = context.services.dedup;
            windowMillis = dedup == null ? Long.MAX_VALUE : (long) (dedup.snapshot().reachedWindowSeconds() * 1000);
        }
        return Math.min(windowMillis, context.settings().maxAgeMillis());
    }
}
