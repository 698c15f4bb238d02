// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tries what strangers that lag cost the others: by turns these wait for them and do not. On a machine without a free
 * processor one that takes all it gets is often last; that the others go no faster without it tells it from one that
 * holds them up, and that it takes as much as they do though none waits for it. Confined to the relay's thread.
 */
final class Trial {

    /** Long enough for others to go on, too short for a healthy peer to fall far behind. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int TURNS = 8;
    /** How much faster others are without a stranger that holds them up: less is chance. */
    private static final double FASTER = 1.25;
    /** Who takes this part of what others take on average keeps up with them. */
    private static final double PACE = 0.75;
    /** Who brings its part may slow others down to this part of what these could take. */
    private static final double SLOWEST = 0.2;

    /** Those that are tried, and what each had taken before. */
    private final Map<Watch, Long> tried = new LinkedHashMap<>();
    private final List<Watch> others;
    /** What others took and in what time, in turns in which they waited and in those in which they did not. */
    private final long[] taken = new long[2];
    private final long[] time = new long[2];
    private long last;
    private long turn;
    private int turns;

    /** The first turn begins, in which others do not wait for these. */
    Trial(List<Watch> tried, List<Watch> others) {
        tried.forEach(each -> this.tried.put(each, each.total()));
        this.others = others;
        this.last = sum();
        leaveOut(true);
    }

    private long sum() {
        long sum = 0;
        for (Watch each : others) {
            sum += each.total();
        }
        return sum;
    }

    private void leaveOut(boolean on) {
        tried.keySet().forEach(each -> each.link().leaveOut(on));
    }

    /** Links were looked at. Whether a turn is over, so that it has to be looked at anew who is waited for. */
    boolean passed(long nanos) {
        long now = sum();
        int with = turns % 2;
        // Less if one of the others went.
        taken[with] += Math.max(0, now - last);
        time[with] += nanos;
        last = now;
        turn += nanos;
        if (turn < TURN) {
            return false;
        }
        turn = 0;
        turns++;
        leaveOut(!isOver() && turns % 2 == 0);
        return true;
    }

    boolean isOver() {
        return turns == TURNS;
    }

    /** Ends it without a verdict: all are waited for. */
    void end() {
        leaveOut(false);
    }

    /** Those that hold up the others. */
    List<Watch> guilty() {
        double without = taken[0] / (double) time[0];
        double with = taken[1] / (double) time[1];
        double average = (taken[0] + taken[1]) / (double) others.size();
        boolean faster = without > FASTER * with;
        // Not what they take in turns in which they wait: there it makes good what it missed in those before.
        double slowest = without * SLOWEST * (time[0] + time[1]) / others.size();
        return tried.keySet().stream().filter(each -> {
            long took = each.total() - tried.get(each);
            return each.bringsItsPart() ? took < slowest : faster || took < average * PACE;
        }).toList();
    }
}
