// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;

/**
 * Up to which numbers a peer has the same of a publisher as this node, which gives it nothing of that: the fingerprints
 * of both agree, or the peer was told of what may be missing. Confined to the relay's thread.
 */
public final class Agreement {

    /** How long what a peer was not given may stay without proof that it has it. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final int PRIORITIES = Priority.values().length;
    /** So many more than are new are compared. What a peer asks for beyond that would be work for nothing. */
    private static final int AGAIN = 2048;

    /** Takes what the peer may lack. */
    public interface Lacking {

        /** What came after a number, up to another. */
        void lacks(int priority, long after, long upTo);

        /** All that came after a number: numbers may have begun anew since, or what comes soon may be meant too. */
        void lacksAll(int priority, long after);
    }

    private final Level level;
    private final long[] upTo;
    private final long[] since = new long[PRIORITIES];
    /** What was compared last. */
    private final Told[] compared = new Told[PRIORITIES];
    private int gaps;
    private long differences;

    /**
     * Begins where the publisher begins to send the peer everything.
     *
     * @param level what came here
     * @param given the last number of which the peer was given what it had to be, by priority
     */
    public Agreement(Level level, long[] given, long now) {
        this.level = level;
        this.upTo = given;
        this.gaps = level.gaps();
        Arrays.fill(since, now);
    }

    /** The last numbers of what the peer has, or was told of. */
    public long[] upTo() {
        return upTo.clone();
    }

    /** How often fingerprints differed. */
    public long differences() {
        return differences;
    }

    /**
     * Looks at what the peer said lately of a publisher: each fingerprint begins where the one before it ended.
     *
     * @param lately what it said
     * @param publisher first word of its id
     * @param epoch that of the publisher
     */
    public void look(Lately lately, long publisher, int epoch, long now, Lacking lacking) {
        if (level.gaps() != gaps) {
            gaps = level.gaps();
            for (int i = 0; i < PRIORITIES; i++) {
                end(i, now, lacking);
            }
        }
        for (int i = 0; i < PRIORITIES; i++) {
            boolean news = !lately.contains(compared[i]);
            for (Told each : lately) {
                Neighbour seen = news ? each.of(publisher) : null;
                if (seen != null && seen.epoch() == epoch
                        && !compare(i, seen, each.said().key(), lately, now, lacking)) {
                    break;
                }
                news |= each == compared[i];
                compared[i] = news ? each : compared[i];
            }
            wait(i, now, lacking);
        }
    }

    /** What came without a gap ended, of all priorities: the peer is told of what it is not known to have. */
    public void end(long now, Lacking lacking) {
        for (int i = 0; i < PRIORITIES; i++) {
            end(i, now, lacking);
        }
    }

    private void end(int priority, long now, Lacking lacking) {
        if (level.run(priority).last() != Run.NONE) {
            lacking.lacksAll(priority, upTo[priority]);
        }
        upTo[priority] = level.last(priority, upTo[priority]);
        since[priority] = now;
    }

    /** Whether this node has got as far as the peer, so that it could be done. */
    private boolean compare(int priority, Neighbour seen, long key, Lately lately, long now, Lacking lacking) {
        long number = seen.numbers()[priority];
        int count = seen.proof().counts()[priority];
        long again = count - (number - upTo[priority]);
        boolean came = number - level.run(priority).last() <= 0;
        if (count == 0 || again > AGAIN || came && again > 0 && !lately.mayCompareAgain(again, now)) {
            return true;
        }
        Run.Answer answer =
                level.run(priority).check(number, count, new Key(key), seen.proof().fingerprints()[priority]);
        switch (answer) {
            case EQUAL -> {
                if (number - count - upTo[priority] > 0) {
                    lacking.lacks(priority, upTo[priority], number - count);
                }
                reach(priority, number, now);
            }
            case DIFFERENT -> {
                differences++;
                lacking.lacksAll(priority, Math.min(upTo[priority], number));
                reach(priority, number, now);
            }
            default -> { }
        }
        return answer != Run.Answer.NOT_YET;
    }

    private void reach(int priority, long number, long now) {
        if (number - upTo[priority] > 0) {
            upTo[priority] = number;
            since[priority] = now;
        }
    }

    /** What is without proof for long is told. */
    private void wait(int priority, long now, Lacking lacking) {
        long last = level.last(priority, upTo[priority]);
        if (last - upTo[priority] <= 0) {
            since[priority] = now;
        } else if (now - since[priority] >= PATIENCE) {
            lacking.lacks(priority, upTo[priority], last);
            reach(priority, last, now);
        }
    }
}
