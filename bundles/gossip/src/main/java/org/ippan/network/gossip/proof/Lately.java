// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.gossip.wire.Neighbourhood;

/**
 * What a peer said lately, the last at the end: a node that is behind the peer compares its fingerprints when it has
 * got as far. Confined to the relay's thread.
 */
public final class Lately implements Iterable<Told> {

    /** Ids that are compared though they are not new: an honest frame has 128 of each publisher and priority. */
    private static final Rate AGAIN = Rate.perSecond(1 << 18, TimeUnit.SECONDS.toNanos(1));

    private final ArrayDeque<Told> frames = new ArrayDeque<>();
    private int named;
    /** Null until some were. */
    private TokenBucket again;

    /**
     * The peer said something more; the oldest goes where more neighbours than so many are named in all of it.
     *
     * @return whether more of it is new than how far messages came, and which
     */
    public boolean add(Neighbourhood news, int most) {
        boolean more = frames.isEmpty() || !news.isLike(last().said());
        frames.add(new Told(news));
        named += size(news);
        while (named > most && frames.size() > 1) {
            named -= size(frames.remove().said());
        }
        return more;
    }

    private static int size(Neighbourhood frame) {
        return 1 + frame.neighbours().size();
    }

    /** What it said last; null if nothing. */
    public Told last() {
        return frames.peekLast();
    }

    boolean contains(Told told) {
        return frames.contains(told);
    }

    @Override
    public Iterator<Told> iterator() {
        return frames.iterator();
    }

    /** Whether so many ids of what it said may be compared though they are not new. */
    boolean mayCompareAgain(long ids, long now) {
        if (again == null) {
            again = new TokenBucket(AGAIN, now);
        }
        return again.tryTake(ids, now);
    }
}
