// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;

/**
 * Decides which links the node no longer waits for: a link is slow when others waited for it alone
 * for 5 s of the last 10, also one that takes a little all the time; not one that takes much, and has much to take. It
 * comes back when it has had little before it for 10 s. Slow is not dead: it is sent to as before, and jumps where its
 * log has gone on without it. Confined to the relay's thread.
 */
public final class Slowness {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);
    private static final long ALLOWED = TimeUnit.SECONDS.toNanos(5);
    /** A link that takes in a second what publishers may have waiting is busy, not slow. */
    private static final long BUSY_BYTES = 1024 * 1024;
    /** What a link may have before it while it is not what others wait for. */
    private static final long LITTLE = 512 * 1024;

    private final GossipContext context;
    private final Sources sources;
    private final Announcer announcer;
    private final Map<Outbound, Waits> waits = new LinkedHashMap<>();
    private long lookedAt;

    /** How long others waited for one link. */
    private static final class Waits {

        /** Leaks away in {@link #PERIOD}. */
        private double nanos;
        private long littleSince;
        private long taken;
        private long takenAt;
        private boolean busy;
        private boolean behind;

        /** Looks at a second at a time: one long message more or less makes no link busy. */
        void took(long bytes, long now) {
            long passed = now - takenAt;
            if (passed >= SECOND) {
                busy = (bytes - taken) * SECOND > BUSY_BYTES * passed;
                taken = bytes;
                takenAt = now;
            }
        }
    }

    /** No link is slow. */
    public Slowness(GossipContext context, Sources sources, Announcer announcer) {
        this.context = context;
        this.sources = sources;
        this.announcer = announcer;
        this.lookedAt = context.nanos();
    }

    /** Looks who is waited for. */
    public void tick(long now) {
        long passed = now - lookedAt;
        if (passed < LOOK) {
            return;
        }
        lookedAt = now;
        long limit = Math.min(LITTLE, context.cacheLimit() / 8);
        int behind = 0;
        Outbound[] links = sources.readers();
        for (Outbound outbound : links) {
            Waits known = waits.computeIfAbsent(outbound, any -> new Waits());
            known.took(taken(outbound), now);
            known.behind = isBehind(outbound, limit);
            behind += known.behind ? 1 : 0;
        }
        for (Outbound outbound : links) {
            Waits known = waits.get(outbound);
            if (known.behind) {
                known.littleSince = now;
            }
            if (!known.behind || known.busy) {
                known.nanos = Math.max(0, known.nanos - passed);
            } else if (behind == 1 && links.length > 1) {
                known.nanos = Math.min(PERIOD, known.nanos + passed);
            }
            judge(outbound, known, now);
        }
        waits.keySet().removeIf(outbound -> !outbound.link().isUp());
    }

    private void judge(Outbound outbound, Waits known, long now) {
        if (!outbound.link().isSlow() && known.nanos >= ALLOWED) {
            outbound.link().slow(true);
            context.counters.slowed.increment();
        } else if (outbound.link().isSlow() && now - known.littleSince >= PERIOD) {
            known.nanos = 0;
            outbound.jump();
            outbound.link().slow(false);
            sources.review();
            announcer.digest(outbound);
        }
    }

    private static long taken(Outbound outbound) {
        long taken = 0;
        for (Cursor cursor : outbound.cursors()) {
            taken += cursor.taken();
        }
        return taken;
    }

    /** Whether a link has much before it, of what it is to send. */
    private static boolean isBehind(Outbound outbound, long limit) {
        if (outbound.askedBytes() > limit) {
            return true;
        }
        for (Cursor cursor : outbound.cursors()) {
            if (outbound.isSending(cursor) && cursor.log().head() - cursor.taken() > limit) {
                return true;
            }
        }
        return false;
    }

    /** Whether links have to be looked at soon. */
    public boolean isBusy() {
        for (Waits each : waits.values()) {
            if (each.nanos > 0) {
                return true;
            }
        }
        return false;
    }
}
