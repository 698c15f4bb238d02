// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.cycle;

import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.wire.IdKey;

/**
 * What a link brings that is known already. Confined to the thread that reads the link, but for {@link #isLately} and
 * {@link #clear}: what another thread does then is made good by the next messages.
 */
public final class Redundancy {

    /** What comes twice more seldom is no cycle. */
    private static final long LATELY = TimeUnit.SECONDS.toNanos(10);
    /** A second without ends what lasted. */
    private static final long ENDED = TimeUnit.SECONDS.toNanos(1);
    /**
     * For so long at least, and by chance for up to so much longer, a link brings more duplicates than news before it
     * is pruned though no probe shows a cycle. What one node's prune changes reaches others later: if all acted on what
     * was under way they would cut a cycle in several places, and the tree would fall apart.
     */
    private static final long LASTS = TimeUnit.SECONDS.toNanos(5);
    private static final long SPREAD = TimeUnit.SECONDS.toNanos(5);
    /** The same for a link that carries no bodies from here: the ends only have to agree. */
    private static final long AGREED = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_PATIENCE = 2;

    private volatile int count;
    private volatile long lastAt;
    /** How many more messages it brought that were known than news; never less than 0. */
    private int surplus;
    /** Since when there is a surplus. */
    private long since;
    /** How large a surplus is much, and how long is long: in multiples of the setting. */
    private float patience = 1;

    /** It brought a message that is new. */
    public void news() {
        surplus = Math.max(0, surplus - 1);
    }

    /**
     * It brought one that is known.
     *
     * @param many so many more than news are much
     */
    public void duplicate(long now, int many) {
        count = isLately(now) ? count + 1 : 1;
        if (surplus == 0 || now - lastAt >= ENDED) {
            surplus = 0;
            since = now;
        }
        surplus = Math.min(surplus + 1, MOST_PATIENCE * many);
        lastAt = now;
    }

    /** What it brought counts no more: it was taken into the tree, or out of it. */
    public void clear() {
        count = 0;
        surplus = 0;
    }

    /** Duplicates since then, none long after the one before. */
    public int count() {
        return count;
    }

    /** Whether it brought one lately: it is in a cycle. Any thread. */
    public boolean isLately(long now) {
        return count > 0 && now - lastAt < LATELY;
    }

    /**
     * Whether it brought many more duplicates than news, for long.
     *
     * @param sends whether bodies are sent over it, too
     */
    public boolean lasts(long now, int many, boolean sends) {
        return surplus >= many * patience && now - since >= (sends ? LASTS + (long) ((patience - 1) * SPREAD) : AGREED);
    }

    /** Of a cycle's links one should go and the others stay: it takes from one to two times as many the next time. */
    public void beginAnew(IdKey chance) {
        surplus = 0;
        patience = 1 + (chance.word0() & 0xFFFF) / 65_536f;
    }
}
