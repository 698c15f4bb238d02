// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.publish.Tracking;
import org.ippan.network.gossip.send.Sources;

/**
 * Lets go of what is old in the logs, of silent logs, and of publishers that wait: for peers that have their message
 * from others, or for a message that can be sent to no peer any more. Confined to the relay's thread.
 */
final class Expiry {

    /** How often silent logs are looked for, and peers that have messages from others. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final GossipContext context;
    private final Sources sources;
    private final Sources.Source own;
    private final Tracking tracking;
    private long restedAt;

    /**
     * Nothing is old yet.
     *
     * @param own the logs of this node's publishers
     * @param tracking who waits for one of their messages
     */
    Expiry(GossipContext context, Sources sources, Sources.Source own, Tracking tracking) {
        this.context = context;
        this.sources = sources;
        this.own = own;
        this.tracking = tracking;
        this.restedAt = context.nanos();
    }

    /** Looks what has become old. */
    void tick(long now) {
        sources.space().expire(now - context.settings().cacheNanos(),
                now - TimeUnit.MILLISECONDS.toNanos(context.settings().maxAgeMillis()));
        boolean rests = now - restedAt >= REST_NANOS;
        if (rests) {
            restedAt = now;
            sources.rest(source -> !((GossipLink) source).isUp());
        }
        for (Priority priority : Priority.values()) {
            SourceLog log = tracking.isEmpty() ? null : own.of(priority);
            if (log != null && rests) {
                tracking.told(log, sources.readers(), now);
            }
            if (log != null) {
                tracking.gone(priority.ordinal(), sources.space().first(log));
            }
        }
    }
}
