// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.Ack;

/**
 * Tells peers how much of what they sent is settled: at once when that is much, else after a few milliseconds. Safe for
 * any thread.
 */
public final class Acks {

    /** So much is told at once, but not more often than that. */
    private static final long MUCH = 64 * 1024;
    private static final long OFTEN = TimeUnit.MILLISECONDS.toNanos(2);
    /** So much is told after a pause. */
    private static final long SOME = 1024;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    /** Less is told when nothing was for so long: it fills no window. */
    private static final long RARELY = TimeUnit.MILLISECONDS.toNanos(100);
    /** While nothing is settled it is looked at more and more rarely; links that settle something have it looked at. */
    private static final long LONGEST_PAUSE = 2 * PAUSE;

    private final GossipContext context;
    private final ScheduledExecutorService relay;
    private final ReadingGate gate;
    private final Map<GossipLink, Inbound> links = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Confined to the relay. */
    private long pause = PAUSE;

    /**
     * No link is up.
     *
     * @param relay looks at what is told later
     * @param gate knows how little room there is
     */
    public Acks(GossipContext context, ScheduledExecutorService relay, ReadingGate gate) {
        this.context = context;
        this.relay = relay;
        this.gate = gate;
    }

    /** Counts what comes by a link that is coming up; or by one that was there before this node's gossip. */
    public Receipts receipts(Sources.Source source, boolean fresh) {
        // A peer that has sent before must not take what is counted from now on for what was.
        return new Receipts(source, fresh ? 0 : context.random.nextLong(), context.nanos());
    }

    /** A link came up. */
    public void up(Inbound in) {
        links.put(in.link, in);
    }

    /** A link ended. */
    public void down(GossipLink link) {
        links.remove(link);
    }

    /** Whether a link has more than half of its share before it; not where its messages wait for validators only. */
    public boolean isPressed() {
        for (Inbound in : links.values()) {
            if (gate.isCrowded(in)) {
                return true;
            }
        }
        return false;
    }

    /** What came together by a link was taken in. */
    void taken(Inbound in) {
        if (in.receipts.note()) {
            if (in.receipts.untold() >= MUCH) {
                tell(in, MUCH, OFTEN);
            }
            lookSoon();
        }
    }

    /** More of a log is settled. */
    public void settled(SourceLog log) {
        Inbound in = log.isOwn() ? null : links.get((GossipLink) log.source());
        if (in != null) {
            tell(in, MUCH, OFTEN);
            lookSoon();
        }
    }

    private void lookSoon() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            schedule(PAUSE);
        }
    }

    private void schedule(long delay) {
        try {
            relay.schedule(this::look, delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The node stops: its peers hear of that by other means.
            links.clear();
        }
    }

    private void look() {
        scheduled.set(false);
        boolean news = false;
        boolean busy = false;
        // In the order in which they came up: that of the map changes from run to run.
        for (GossipLink link : context.links.all()) {
            Inbound in = links.get(link);
            if (in != null) {
                in.wakeAll();
            }
            if (in != null && in.receipts.untold() > 0) {
                news |= tell(in, SOME, PAUSE) || tell(in, 1, RARELY);
                busy |= in.receipts.untold() > 0;
            }
        }
        pause = news ? PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
        if (busy && scheduled.compareAndSet(false, true)) {
            schedule(pause);
        }
    }

    /**
     * Tells the peer if enough is settled, and it was not told lately. Whether it was. One thread at a time for a link:
     * a peer that is told less than before takes it that counting began anew.
     */
    private boolean tell(Inbound in, long least, long apart) {
        synchronized (in.receipts) {
            long now = context.nanos();
            if (!in.receipts.isDue(least, now - apart)) {
                return false;
            }
            Ack ack = in.receipts.ack(gate.isPressed(in));
            if (!in.link.offer(ack.frame())) {
                return false;
            }
            in.receipts.told(ack, now);
            return true;
        }
    }
}
