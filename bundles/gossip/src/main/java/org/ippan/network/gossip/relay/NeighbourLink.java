// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.proof.Lately;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.proof.Told;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;

/** What one peer says of its neighbours, and how far it is. Confined to the relay's thread. */
final class NeighbourLink {

    private static final int PRIORITIES = Priority.values().length;
    /** Time without progress after which a link is not called one that everything is sent over. */
    private static final long STALLED = TimeUnit.SECONDS.toNanos(5);
    /** How long what others have may take to come if something comes all the time. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);
    /** A publisher that left a gap is called level again when none came for so long. */
    private static final long RESTORED = TimeUnit.SECONDS.toNanos(2);
    /** Patience is doubled so often at most, and for so long. */
    private static final int MOST_ALARMS = 4;
    private static final long FORGOTTEN = TimeUnit.SECONDS.toNanos(60);

    final Outbound outbound;
    final Sources.Source source;
    final Level level;
    final long peer;
    private final Map<Cursor, Moved> moved = new HashMap<>();
    private final Lately lately = new Lately();
    private boolean sendsAll;
    private boolean wasLevel;
    /** The last numbers of the peer's epoch before this one, until others come. */
    private final long[] old = {Level.NONE, Level.NONE, Level.NONE};
    private long[] saidNumbers = {};
    private byte[] said = {};
    private Told saidLast;
    private int gaps;
    private long levelAt;
    /** Whether its numbers must begin with what it said: not where one of us began anew over a living link. */
    private boolean fresh;
    /** Whether its messages have to come by others, until some come over its link again. */
    private boolean lost;
    private long[] lostAt = {};
    /** What others had then: once that has come over its link without a gap, it was only late. */
    private long[] late;
    /** How often it was lost lately: a node that is short of processors is not to be taken for gone again and again. */
    private int alarms;
    private long alarmedAt;
    /** The numbers others have that did not come yet, and since when that is known. */
    private long[] target;
    private long targetAt;
    private long[] cameTo = {};
    private long cameAt;

    /** How far the socket was, and since when it has been no further though there is more. */
    private static final class Moved {

        private long taken;
        private long since;

        Moved(long now) {
            since = now;
        }
    }

    NeighbourLink(Outbound outbound, Sources.Source source, Level level, boolean fresh, long now) {
        this.outbound = outbound;
        this.source = source;
        this.level = level;
        this.fresh = fresh;
        this.peer = outbound.link().peer().word0();
        this.levelAt = now;
        this.alarmedAt = now;
    }

    /** The peer said who its neighbours are; so many are kept. Whether more is new than how far messages came. */
    boolean told(Neighbourhood news, int most) {
        if (isTold() && epoch() != news.epoch()) {
            // What it was told before it began anew it does not know.
            said = new byte[0];
            saidLast = null;
            fresh = false;
            target = null;
            for (int i = 0; i < PRIORITIES; i++) {
                old[i] = level.last(i, Level.NONE);
            }
        }
        return lately.add(news, most);
    }

    /** Whether the peer is linked to all others of these, and to no more. */
    boolean isLinkedTo(Collection<NeighbourLink> all) {
        return neighbourCount() == all.size() - 1
                && all.stream().allMatch(other -> other == this || neighbour(other.peer) != null);
    }

    boolean isTold() {
        return lately.last() != null;
    }

    /** What the peer said lately. */
    Lately lately() {
        return lately;
    }

    int epoch() {
        return isTold() ? lately.last().said().epoch() : 0;
    }

    /** How many neighbours the peer names. */
    int neighbourCount() {
        return isTold() ? lately.last().count() : 0;
    }

    /** What the peer says of a neighbour; null if it is none. */
    Neighbour neighbour(long other) {
        return isTold() ? lately.last().of(other) : null;
    }

    /** The last numbers that came from the peer. */
    long[] numbers() {
        long[] numbers = new long[PRIORITIES];
        for (int i = 0; i < PRIORITIES; i++) {
            long begin = isTold() ? lately.last().said().begins()[i] : Level.NONE;
            numbers[i] = level.last(i, begin);
            if (numbers[i] == old[i]) {
                numbers[i] = begin;
            } else {
                old[i] = Level.NONE;
            }
        }
        return numbers;
    }

    /** Whether everything the peer publishes comes over its link. */
    boolean isLevel(long now) {
        if (!isTold()) {
            return false;
        }
        if (lost && !Arrays.equals(lostAt, numbers())) {
            lost = false;
            levelAt = now + RESTORED;
        }
        boolean follows = true;
        for (int i = 0; i < PRIORITIES; i++) {
            follows &= !fresh || level.follows(i, lately.last().said().begins()[i]);
        }
        if (gaps != level.gaps()) {
            gaps = level.gaps();
            late = null;
            levelAt = now + RESTORED;
        }
        if (!lost && late != null && reaches(numbers(), late)) {
            late = null;
            levelAt = now;
        }
        return follows && !lost && now - levelAt >= 0;
    }

    /** Its messages have to come by others. */
    void lose(long now) {
        lost = true;
        alarms = Math.min(MOST_ALARMS, alarms + 1);
        alarmedAt = now;
        lostAt = numbers();
        late = target;
        target = null;
    }

    /**
     * Others have messages of the peer up to these numbers.
     *
     * @return whether they should have come by now
     */
    boolean isBehind(long[] others, long now, long patience) {
        if (lost || !isTold()) {
            return false;
        }
        long[] mine = numbers();
        if (now - alarmedAt >= FORGOTTEN) {
            alarms = 0;
        }
        // What this node does not read cannot come.
        if (!Arrays.equals(mine, cameTo) || outbound.link().isPaused()) {
            cameTo = mine;
            cameAt = now;
        }
        if (target != null && reaches(mine, target)) {
            target = null;
        }
        if (target == null && !reaches(mine, others)) {
            target = others.clone();
            targetAt = now;
        }
        return target != null && now - targetAt >= allowed(now - cameAt, patience);
    }

    private long allowed(long silent, long patience) {
        long silence = Math.min(LONGEST, patience << alarms);
        return silent >= silence ? silence : LONGEST;
    }

    /** Whether another peer, which says this of it, has what did not come yet. */
    boolean lacks(Neighbour seen) {
        return seen != null && seen.epoch() == epoch() && !reaches(numbers(), seen.numbers());
    }

    /** Whether others have what did not come yet. */
    boolean isWaiting() {
        return target != null;
    }

    /**
     * Whether its messages have lately come to have to come by others: when that is over these are told soon. A peer
     * that publishes no more stays lost, and is not to be looked at for ever.
     */
    boolean isLost(long now) {
        return (lost || late != null) && now - alarmedAt < FORGOTTEN;
    }

    private static boolean reaches(long[] mine, long[] others) {
        for (int i = 0; i < mine.length; i++) {
            if (mine[i] < others[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether what is to be said of the peer to others has changed since this was last asked.
     *
     * @param longestMessage payload in bytes; a peer that does not take so much is not sent everything
     * @param mostBehind bytes that a link that is not waited for may have before it
     */
    boolean hasChanged(long now, int longestMessage, long mostBehind) {
        boolean sends = canSendAll(now, longestMessage, mostBehind);
        boolean isLevel = isLevel(now);
        long[] numbers = neighbourCount() == 0 ? saidNumbers : numbers();
        boolean changed = sends != sendsAll || isLevel != wasLevel || !Arrays.equals(numbers, saidNumbers);
        sendsAll = sends;
        wasLevel = isLevel;
        saidNumbers = numbers;
        return changed;
    }

    /** Whether everything this node publishes is sent to the peer, and it takes something all the time. */
    boolean sendsAll() {
        return sendsAll;
    }

    /**
     * A link that is not waited for is sent everything too, until it has so much before it that it might lose some:
     * where others stepped in earlier, each message would come by both ways, and the next by the faster of them.
     */
    private boolean canSendAll(long now, int longestMessage, long mostBehind) {
        GossipLink link = outbound.link();
        boolean all = link.maxMessageBytes() >= longestMessage && link.sendsOwn() && !link.isBanned();
        for (Cursor cursor : outbound.cursors()) {
            if (cursor.log().isOwn()) {
                Moved known = moved.computeIfAbsent(cursor, any -> new Moved(now));
                long taken = cursor.taken();
                long behind = cursor.log().head() - taken;
                if (taken != known.taken || behind <= 0) {
                    known.since = now;
                }
                known.taken = taken;
                all &= outbound.isSending(cursor) && now - known.since < STALLED
                        && (!link.isSlow() || behind <= mostBehind);
            }
        }
        return all;
    }

    /** Says something, if it is news. */
    void say(Neighbourhood mine) {
        byte[] outline = mine.outline();
        if (!Arrays.equals(outline, said) && outbound.link().offer(mine.frame())) {
            said = outline;
            saidLast = new Told(mine);
        }
    }

    /** What was said last of another peer; null if nothing. */
    Neighbour saidOf(long other) {
        return saidLast == null ? null : saidLast.of(other);
    }
}
