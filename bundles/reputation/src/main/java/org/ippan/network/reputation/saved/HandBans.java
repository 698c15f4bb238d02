// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation.saved;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.reputation.Decisions;

/**
 * Bans by hand. They have a table of their own, so that no flood of strangers pushes them out. Look-ups take no lock;
 * changes are made under the lock of {@link Decisions}.
 */
public final class HandBans {

    /** Most bans by hand that can be allowed, and that are read from a file. */
    static final int MOST = 50_000;
    /** Bans of 100 years or more are for ever: it keeps the arithmetic of nanoseconds from overflowing. */
    public static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(36_500);

    private final Ticker ticker;
    private final Map<PeerId, Ban> bans = new ConcurrentHashMap<>();
    private volatile int allowed;

    /** Since when, until when and why. */
    public record Ban(int sinceSeconds, boolean forEver, long untilNanos, String reason) {

        /** Time left; not positive when it is over. */
        long leftNanos(long now) {
            return forEver ? Long.MAX_VALUE : untilNanos - now;
        }
    }

    /** A table for so many bans. */
    public HandBans(Ticker ticker, int allowed) {
        this.ticker = ticker;
        this.allowed = allowed;
    }

    /** Allows so many bans from now on; those that exist stay. */
    public void allow(int most) {
        allowed = most;
    }

    /** Whether a peer's ban is on the table, though it be over: the decision that was told last. */
    public boolean lists(PeerId peer) {
        return bans.containsKey(peer);
    }

    /** Whether a peer is banned now. Lock-free. */
    public boolean holds(PeerId peer) {
        return !bans.isEmpty() && find(peer) != null;
    }

    /** The ban of a peer; null if there is none or it is over. */
    public Ban find(PeerId peer) {
        Ban ban = bans.get(peer);
        return ban != null && leftNanos(ban) > 0 ? ban : null;
    }

    public long leftNanos(Ban ban) {
        return ban.leftNanos(ticker.nanos());
    }

    /**
     * Adds or replaces a ban.
     *
     * @param peer who
     * @param sinceSeconds now, in seconds of the epoch, unsigned
     * @param nanos for how long, at most {@link #LONGEST_NANOS}; zero for ever
     * @param reason why
     * @throws IllegalStateException if the table is full
     */
    public void add(PeerId peer, int sinceSeconds, long nanos, String reason) {
        int most = allowed;
        if (bans.size() >= most && !bans.containsKey(peer)) {
            throw new IllegalStateException("there are " + bans.size() + " bans by hand already, and maxHandBans is "
                    + most + "; pardon some first");
        }
        boolean forEver = nanos == 0 || nanos >= LONGEST_NANOS;
        bans.put(peer, new Ban(sinceSeconds, forEver, ticker.nanos() + nanos, reason));
    }

    /** Takes a peer's ban out; false if there was none. */
    public boolean remove(PeerId peer) {
        return bans.remove(peer) != null;
    }

    /** The peers whose bans are over and not yet taken out. */
    public List<PeerId> over() {
        List<PeerId> over = new ArrayList<>();
        if (!bans.isEmpty()) {
            bans.forEach((peer, ban) -> {
                if (leftNanos(ban) <= 0) {
                    over.add(peer);
                }
            });
        }
        return over;
    }

    /** Takes a ban out if it is over still. */
    public boolean expire(PeerId peer) {
        Ban ban = bans.get(peer);
        return ban != null && leftNanos(ban) <= 0 && bans.remove(peer, ban);
    }

    public Set<PeerId> peers() {
        return bans.keySet();
    }

    public int size() {
        return bans.size();
    }

    public void clear() {
        bans.clear();
    }

    public List<SavedBan> save() {
        List<SavedBan> saved = new ArrayList<>();
        bans.forEach((peer, ban) -> saved.add(new SavedBan(peer, ban.sinceSeconds, ban.forEver
                ? SavedBan.FOR_EVER : Math.max(0, TimeUnit.NANOSECONDS.toMillis(leftNanos(ban))), ban.reason)));
        return saved;
    }

    /** Goes on with a saved ban; one that ended unseen is over at the next look. */
    public void restore(SavedBan saved, long downNanos) {
        boolean forEver = saved.leftMillis() < 0;
        long left = Math.min(LONGEST_NANOS, TimeUnit.MILLISECONDS.toNanos(saved.leftMillis())) - downNanos;
        bans.put(saved.id(), new Ban(saved.sinceSeconds(), forEver, ticker.nanos() + left, saved.reason()));
    }
}
