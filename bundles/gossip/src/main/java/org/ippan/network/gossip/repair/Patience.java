// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.gossip.model.GossipLink;

/**
 * How long bodies are waited for before they are asked for: T1 of {@code docs/protocol.md} §6. Under load they are
 * late, not lost: who asks gets each twice, which makes more load. So the wait is longer than bodies took lately that
 * came by themselves, grows while requests turn out to have been needless, and shrinks again when they were not; TCP
 * treats its time-outs so (RFC 6298, RFC 3522). How much is asked at once grows as TCP's window does at its start (RFC
 * 5681): few requests first, and more for each that did not turn out to be needless. So what is only late costs few
 * bodies twice. {@link #needless} is for any thread, all else for the relay's.
 */
final class Patience {

    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ROUND_TRIPS = 6;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double MOST = 3;
    private static final double GROWTH = 1.5;
    private static final double DECAY = 0.7;
    /** By how much the wait is longer than the latest body took. */
    private static final double MARGIN = 3;
    private static final double LATENESS_DECAY = 0.9;
    /** Of so many requests one may be needless without anything being wrong. */
    private static final int TOLERATED = 4;
    /** Requests that a peer has to answer at once, at first and at most. */
    private static final int FEW = 16;
    private static final int MANY = 1 << 16;

    private final LongAdder needless = new LongAdder();
    private long requests;
    private long periodBegan;
    private double factor = 1;
    private int atOnce = FEW;
    /** How long after its announcement the latest body of late came by itself. */
    private double lateness;

    Patience(long nowNanos) {
        this.periodBegan = nowNanos;
    }

    /** What was asked for came by itself too. */
    void needless() {
        needless.increment();
    }

    void requested() {
        requests++;
    }

    /** What was asked for came from the peer that was asked, and from no other before; or not at all. */
    void needed() {
        atOnce = Math.min(MANY, atOnce + 1);
    }

    /** How many requests one peer may have to answer at once. */
    int atOnce() {
        return atOnce;
    }

    /** A body came by itself, so long after it was announced. */
    void came(long nanos) {
        lateness = Math.max(lateness, nanos);
    }

    /**
     * Six times the median round trip, within bounds, as much longer as requests are needless, and longer than bodies
     * take; three seconds at most.
     */
    long nanos(GossipLink[] links, long nowNanos) {
        long[] roundTrips = Arrays.stream(links).mapToLong(GossipLink::roundTripNanos).sorted().toArray();
        long median = roundTrips.length == 0 ? 0 : roundTrips[roundTrips.length / 2];
        double usual = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, ROUND_TRIPS * median)) * factor(nowNanos);
        return (long) Math.max(usual, Math.min(MARGIN * lateness, MOST * LONGEST_NANOS));
    }

    /** From 1 to {@link #MOST}. */
    double factor(long nowNanos) {
        long periods = (nowNanos - periodBegan) / PERIOD_NANOS;
        if (periods > 0) {
            boolean vain = needless.sumThenReset() * TOLERATED > requests;
            double change = vain ? GROWTH : DECAY;
            atOnce = vain ? FEW : atOnce;
            // What was learnt under load fades in the periods in which nothing was announced.
            factor = Math.max(1, Math.min(MOST, factor * change) * Math.pow(DECAY, periods - 1));
            lateness *= Math.pow(LATENESS_DECAY, periods);
            requests = 0;
            periodBegan = nowNanos;
        }
        return factor;
    }
}
