// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Unsettled;

/**
 * What was seen of one link lately: whether it is behind, how long it was alone with that, and how long it has kept up.
 * Confined to the relay's thread.
 */
final class Watch {

    /** Time alone that says nothing yet. */
    static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(100);
    /** To lag for some time takes back what was gained by keeping up for so many times that. */
    private static final int COSTS = 10;
    /** What was sent is to be settled after so long and a round trip. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_TRIP = TimeUnit.MILLISECONDS.toNanos(250);
    /** Who has so many times what makes a link behind before it does not keep up, whatever the others do. */
    private static final int FAR = 4;
    /** So many times what is usual for others is nothing special. */
    private static final int USUAL = 3;
    /** Time alone leaks away in about so long. */
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(5);
    /** Who was behind for so long without a break, and alone for most of it, is not just last for a moment. */
    private static final long LONG = TimeUnit.SECONDS.toNanos(1);

    /** The most that a link takes is measured over so long at least, and forgotten in about so long. */
    private static final long MEASURE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(30);
    /** More is handed to a socket at once only of a long message: to be at that is not to be behind. */
    private static final long LONG_MESSAGE = 128 * 1024;

    private final Outbound outbound;
    private final Exchange exchange;
    private final GossipLink link;
    private boolean unproven;
    private boolean behind;
    private boolean idle;
    private boolean far;
    private boolean unsettled;
    private boolean late;
    private boolean alone;
    private boolean standing;
    private boolean lags;
    private boolean gaveUp;
    /** How much will be settled when all that was sent at some time is, and when that was. */
    private long mark;
    /** What it had taken at the last look, and how fast it took that since the one before. */
    private long seen;
    private double rate;
    /** What it had taken when that was measured for the most, and when that was. */
    private long taken;
    private long measuredAt;
    private double peak;
    /** The longest message lately; 0 if none is long. */
    private long longest;
    private long markedAt;
    private long overdue;
    private long run;
    private long runAlone;
    private long aloneLately;
    private long excess;
    private long uncharged;
    private long keptUp;

    Watch(Outbound outbound, Exchange exchange, long now) {
        this.outbound = outbound;
        this.exchange = exchange;
        this.link = outbound.link();
        this.unproven = link.isLeftOut();
        this.markedAt = now;
        this.measuredAt = now;
    }

    /**
     * Looks at the link.
     *
     * @param limit of what it may have before it
     * @param window of publishers of this node that is full; 0 if none is
     * @param passed since the last look
     */
    void look(long limit, long window, long passed, long now) {
        boolean sends = link.sendsOwn() && link.isUp() && !link.isBanned();
        long backlog = outbound.askedBytes();
        long own = 0;
        long sum = 0;
        long handed = 0;
        for (Cursor cursor : outbound.cursors()) {
            long here = cursor.taken();
            long before = cursor.log().head() - here;
            sum += here;
            handed = Math.max(handed, cursor.position() - here);
            boolean isOwn = cursor.log().isOwn();
            // Most logs have nothing new, and whether a link sends takes longer to tell.
            if ((isOwn || before > backlog) && outbound.isSending(cursor)) {
                backlog = Math.max(backlog, before);
                own = isOwn ? Math.max(own, cursor.unsettled()) : own;
            }
        }
        measure(sum, passed, now);
        longest = Math.max(handed > LONG_MESSAGE ? handed : 0, longest - longest * Math.min(passed, MEMORY) / MEMORY);
        settling(outbound.unsettled(), now);
        far = backlog - longest > FAR * limit;
        idle = sends && backlog == 0;
        behind = sends && (backlog - longest > limit || late
                || window > 0 && own - longest >= Unsettled.share(window));
        run = behind ? run + passed : 0;
        runAlone = behind ? runAlone : 0;
        aloneLately -= (long) ((double) aloneLately * Math.min(passed, PERIOD) / PERIOD);
    }

    private void measure(long sum, long passed, long now) {
        rate = Math.max(0, sum - seen) / (double) passed;
        seen = sum;
        long time = now - measuredAt;
        if (time >= MEASURE) {
            peak = Math.max(Math.max(0, sum - taken) / (double) time, peak - peak * Math.min(time, MEMORY) / MEMORY);
            taken = sum;
            measuredAt = now;
        }
    }

    private void settling(Unsettled sent, long now) {
        long bytes = sent.bytes();
        long settled = sent.settled();
        boolean was = late;
        unsettled = bytes >= Unsettled.LITTLE;
        if (!unsettled || settled >= mark) {
            mark = settled + bytes;
            markedAt = now;
        }
        late = now - markedAt > LATE + Math.min(LONGEST_TRIP, link.roundTripNanos());
        overdue = late && !was ? Math.max(0, now - markedAt - run) : 0;
    }

    /** What part of the time others lose by it, if it alone is behind; for so long. */
    void alone(double loss, long passed) {
        alone = loss > 0;
        if (alone) {
            long time = passed + overdue;
            long lost = (long) (time * loss);
            runAlone += time;
            aloneLately += lost;
            uncharged += lost;
        } else if (!behind) {
            uncharged = Math.min(uncharged, aloneLately);
        }
    }

    /** Judges whether it lags behind others, of which one was alone for so long lately. */
    void judge(long othersAlone, long passed) {
        excess = aloneLately - USUAL * othersAlone;
        lags = alone && (excess > TOLERANCE || isStuck());
        if (far || isStuck()) {
            keptUp = 0;
        } else if (lags) {
            keptUp = Math.max(0, keptUp - COSTS * passed);
        } else if (link.sendsOwn()) {
            keptUp += passed;
        }
    }

    /** Whatever is usual, this is not: many strangers in turn could make much usual. */
    private boolean isStuck() {
        return isBehindForLong() && 4 * runAlone >= 3 * run;
    }

    /** The time that others waited for it, beyond what is usual, and that is not paid for. */
    long charge() {
        long time = isStuck() ? uncharged : Math.max(0, Math.min(uncharged, excess));
        uncharged = 0;
        return time;
    }

    /** It is waited for no more, because it lagged. */
    void giveUp() {
        gaveUp = true;
        standing = false;
        keptUp = 0;
    }

    /** It is waited for again. */
    void takeBack(boolean hasStanding) {
        gaveUp = false;
        standing = hasStanding;
    }

    Outbound outbound() {
        return outbound;
    }

    GossipLink link() {
        return link;
    }

    boolean isStranger() {
        return !link.isMember();
    }

    boolean isBehind() {
        return behind;
    }

    /** Whether so much is before it that it does not keep up. */
    boolean isFar() {
        return far;
    }

    /** Whether it does not just make good what it missed in a pause. */
    boolean isBehindForLong() {
        return run >= LONG;
    }

    /** Whether it could take more, and has taken and settled what there was. */
    boolean isIdle() {
        return idle && !behind;
    }

    boolean lags() {
        return lags;
    }

    /** How much it has taken, of all logs. */
    long total() {
        return seen;
    }

    /** How fast it takes just now. */
    double rate() {
        return rate;
    }

    /** The fastest it took lately. */
    double peak() {
        return peak;
    }

    boolean hasStanding() {
        return standing;
    }

    boolean wasGivenUp() {
        return gaveUp;
    }

    /** Whether others wait for it, when there is reason to. */
    boolean isWaitedFor() {
        return link.sendsOwn() && !link.isSlow() && !link.isLeftOut() && link.isUp() && !link.isBanned();
    }

    /** Whether it is a stranger that others do not wait for until it settles something. */
    boolean isUnproven() {
        return unproven;
    }

    /** It settled something; or there is no other to wait for. */
    void prove() {
        unproven = false;
        link.leaveOut(false);
    }

    /** Whether it has settled anything. */
    boolean hasSettled() {
        return outbound.unsettled().settled() > 0;
    }

    /** Whether it brings its part of what is published. */
    boolean bringsItsPart() {
        return exchange.isFair(link);
    }

    /** Whether it is to be looked at again soon. */
    boolean isBusy() {
        return behind || unsettled;
    }

    /** For how long it was alone lately beyond what is usual. */
    long excess() {
        return excess;
    }

    long aloneLately() {
        return aloneLately;
    }

    long keptUp() {
        return keptUp;
    }
}
