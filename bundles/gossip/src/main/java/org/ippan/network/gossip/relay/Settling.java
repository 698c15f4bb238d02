// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;

/**
 * Decides for which peers the node does not wait to settle messages: one that has settled nothing for 2 s though it got
 * much, and one that alone leaves much unsettled for 5 s of the last 10 and settles little. Messages are sent to it as
 * before. It counts again when it has left little unsettled for 10 s. Confined to the relay's thread.
 */
public final class Settling {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long NOTHING_ALLOWED = 2 * SECOND;
    private static final long LITTLE_ALLOWED = 5 * SECOND;
    private static final long PERIOD = 10 * SECOND;
    /** A peer that settles so much in a second holds no publisher back. */
    private static final long BUSY_BYTES = 1024 * 1024;
    private static final long MUCH = 512 * 1024;
    /** Less fills no window, and may take its time. */
    private static final long LITTLE = 32 * 1024;
    /** What is much where there is little memory: half of what a publisher begins with. */
    private static final int PART = 64;

    private final GossipContext context;
    private final Sources sources;
    private final Map<Outbound, Known> links = new LinkedHashMap<>();
    private long lookedAt;

    /** What was seen of one peer. */
    private static final class Known {

        private long settled;
        private long settledAt;
        private long second;
        private long secondAt;
        private boolean busy;
        /** For how long it was the only one with much unsettled; leaks away. */
        private long nanos;
        private long littleSince;

        Known(long now) {
            settledAt = now;
            secondAt = now;
            littleSince = now;
        }

        void look(long bytes, long unsettled, long now) {
            if (bytes != settled || unsettled < LITTLE) {
                settled = bytes;
                settledAt = now;
            }
            if (now - secondAt >= SECOND) {
                busy = bytes - second > BUSY_BYTES;
                second = bytes;
                secondAt = now;
            }
        }
    }

    /** All peers are waited for. */
    public Settling(GossipContext context, Sources sources) {
        this.context = context;
        this.sources = sources;
        this.lookedAt = context.nanos();
    }

    /** Looks what peers have settled. */
    public void tick(long now) {
        long passed = now - lookedAt;
        if (passed < LOOK) {
            return;
        }
        lookedAt = now;
        long much = Math.min(MUCH, context.cacheLimit() / PART);
        Outbound[] readers = sources.readers();
        int behind = 0;
        for (Outbound outbound : readers) {
            long unsettled = outbound.unsettled().bytes();
            links.computeIfAbsent(outbound, any -> new Known(now)).look(outbound.unsettled().settled(), unsettled, now);
            behind += unsettled > much ? 1 : 0;
        }
        for (Outbound outbound : readers) {
            Known known = links.get(outbound);
            boolean isBehind = outbound.unsettled().bytes() > much;
            if (isBehind) {
                known.littleSince = now;
            }
            boolean alone = isBehind && behind == 1 && readers.length > 1 && !known.busy;
            known.nanos = Math.max(0, Math.min(PERIOD, known.nanos + (alone ? passed : -passed)));
            judge(outbound, known, now);
        }
        links.keySet().removeIf(outbound -> !outbound.link().isUp());
    }

    private static void judge(Outbound outbound, Known known, long now) {
        if (now - known.settledAt >= NOTHING_ALLOWED || known.nanos >= LITTLE_ALLOWED) {
            outbound.link().unsettling(true);
            known.littleSince = now;
        } else if (now - known.littleSince >= PERIOD) {
            outbound.link().unsettling(false);
        }
    }
}
