// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.send.Unsettled;

/**
 * Decides which links the node no longer waits for, and for which peers' settling. Others wait for a link alone for 5 s
 * of 10 at most, whatever of the two it is that they wait for:
 * <ul>
 * <li>a link that alone has much before it, or much of a full window, and takes little, is slow: it is sent to as
 * before, and jumps where its log has gone on without it;</li>
 * <li>a peer that alone leaves much unsettled, and settles little, is not waited for to settle; nor one that has
 * settled nothing for 2 s though it got much.</li>
 * </ul>
 * Each comes back when there has been little of it for 10 s. Less is waited for strangers: see {@link Strangers}.
 * Confined to the relay's thread unless said otherwise.
 */
public final class Slowness {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PERIOD = 10 * SECOND;
    private static final long ALLOWED = 5 * SECOND;
    private static final long NOTHING_ALLOWED = 2 * SECOND;
    /** What a link may have before it while it is not what others wait for. */
    private static final long MUCH = 512 * 1024;
    /** The same where there is little memory. */
    private static final int PART = 8;

    private final GossipContext context;
    private final Sources sources;
    private final LongSupplier fullWindow;
    private final Announcer announcer;
    private final Strangers strangers;
    private final Map<Outbound, Waits> waits = new LinkedHashMap<>();
    private long lookedAt;

    /** What others wait for: that a link takes what is before it, or that its peer settles what it got. */
    private static final class Load {

        /**
         * A link that takes or settles so much in a second is busy, not slow; and so is one that takes or settles in
         * half a second what it has. Where many publish and share what the network carries, windows are small, and no
         * link has much to take: to wait for it no more would gain nothing, and lose it.
         */
        private static final long BUSY_BYTES = 1024 * 1024;
        private static final int PER_SECOND = 2;

        private long done;
        private long doneAt;
        private boolean busy;
        private boolean much;
        private long littleSince;

        Load(long now) {
            doneAt = now;
            littleSince = now;
        }

        /** Looks at a second at a time: one long message more or less makes no link busy. */
        void look(long bytes, long left, boolean isMuch, long now) {
            long passed = now - doneAt;
            if (passed >= SECOND) {
                busy = (bytes - done) * SECOND > Math.min(BUSY_BYTES, PER_SECOND * left) * passed;
                done = bytes;
                doneAt = now;
            }
            much = isMuch;
            if (isMuch) {
                littleSince = now;
            }
        }

        boolean holdsUp() {
            return much && !busy;
        }

        boolean isOver(long now) {
            return now - littleSince >= PERIOD;
        }
    }

    /** How long others waited for one link. */
    private static final class Waits {

        private final Load before;
        private final Load unsettled;
        /** Leaks away in {@link #PERIOD}. */
        private long nanos;
        private long settled;
        private long settledAt;

        Waits(long now) {
            before = new Load(now);
            unsettled = new Load(now);
            settledAt = now;
        }

        void look(Outbound outbound, long memory, long window, long now) {
            long much = Math.min(MUCH, memory / PART);
            long ownMuch = window > 0 ? Unsettled.share(window) : much;
            before.look(taken(outbound), outbound.lagBytes(), isBehind(outbound, much, ownMuch), now);
            long bytes = outbound.unsettled().bytes();
            long done = outbound.unsettled().settled();
            unsettled.look(done, bytes, bytes >= Unsettled.LITTLE, now);
            if (done != settled || !unsettled.much) {
                settled = done;
                settledAt = now;
            }
        }

        void passed(long time, boolean isAlone) {
            if (isAlone) {
                nanos = Math.min(PERIOD, nanos + time);
            } else if (!before.holdsUp() && !unsettled.holdsUp()) {
                nanos = Math.max(0, nanos - time);
            }
        }
    }

    /**
     * No link is slow.
     *
     * @param fullWindow of publishers of this node that wait for peers to settle; 0 if none do
     */
    public Slowness(GossipContext context, Sources sources, Announcer announcer, LongSupplier fullWindow) {
        this.strangers = new Strangers(context, sources, announcer, fullWindow);
        this.context = context;
        this.sources = sources;
        this.fullWindow = fullWindow;
        this.announcer = announcer;
        this.lookedAt = context.nanos();
    }

    /** A link came up, and sends nothing yet. Any thread. */
    public void admit(GossipLink link) {
        strangers.admit(link);
    }

    /** Looks who is waited for. */
    public void tick(long now) {
        strangers.tick(now);
        long passed = now - lookedAt;
        if (passed < LOOK) {
            return;
        }
        lookedAt = now;
        int behind = 0;
        int unsettled = 0;
        long window = fullWindow.getAsLong();
        Outbound[] links = sources.readers();
        for (Outbound outbound : links) {
            Waits known = waits.computeIfAbsent(outbound, any -> new Waits(now));
            known.look(outbound, context.cacheLimit(), window, now);
            // What a stranger holds that is not waited for hides no other.
            boolean counts = !Strangers.isLeftOut(outbound.link());
            behind += counts && known.before.much ? 1 : 0;
            unsettled += counts && known.unsettled.much ? 1 : 0;
        }
        for (Outbound outbound : links) {
            Waits known = waits.get(outbound);
            known.passed(passed, links.length > 1 && !Strangers.isLeftOut(outbound.link())
                    && (behind == 1 && known.before.holdsUp() || unsettled == 1 && known.unsettled.holdsUp()));
            judge(outbound, known, now);
            judgeSettling(outbound.link(), known, now);
        }
        waits.keySet().removeIf(outbound -> !outbound.link().isUp());
    }

    private void judge(Outbound outbound, Waits known, long now) {
        if (!outbound.link().isSlow() && known.before.holdsUp() && known.nanos >= ALLOWED) {
            outbound.link().patience(Patience.TOO_SLOW);
            context.counters.slowed.increment();
        } else if (outbound.link().patience() == Patience.TOO_SLOW && known.before.isOver(now)) {
            known.nanos = 0;
            outbound.jump();
            outbound.link().patience(Patience.WAITS);
            sources.review();
            announcer.digest(outbound);
        }
    }

    private static void judgeSettling(GossipLink link, Waits known, long now) {
        if (now - known.settledAt >= NOTHING_ALLOWED || known.unsettled.holdsUp() && known.nanos >= ALLOWED) {
            link.unsettling(true);
        } else if (known.unsettled.isOver(now)) {
            link.unsettling(false);
        }
    }

    private static long taken(Outbound outbound) {
        long taken = 0;
        for (Cursor cursor : outbound.cursors()) {
            taken += cursor.taken();
        }
        return taken;
    }

    /**
     * Whether a link has much before it, of what it is to send. While publishers wait for their window, which may be
     * small, that is less of their own messages: no more will come to be before it.
     */
    private static boolean isBehind(Outbound outbound, long limit, long ownLimit) {
        if (outbound.askedBytes() > limit) {
            return true;
        }
        for (Cursor cursor : outbound.cursors()) {
            long most = cursor.log().isOwn() ? Math.min(limit, ownLimit) : limit;
            if (outbound.isSending(cursor) && cursor.log().head() - cursor.taken() > most) {
                return true;
            }
        }
        return false;
    }

    /** Whether links have to be looked at soon. */
    public boolean isBusy() {
        if (strangers.isBusy()) {
            return true;
        }
        for (Waits each : waits.values()) {
            if (each.nanos > 0) {
                return true;
            }
        }
        return false;
    }
}
