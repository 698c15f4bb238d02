// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ScoreEvent;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.reputation.saved.SavedPeer;

/**
 * One peer. What decides is in {@link PeerStanding}; what merely explains is here, guarded by this object's lock, which
 * a success takes only when a flag changes or 65 536 successes came.
 * An entry that left the table is dead for good: records through it go to the entry that has taken its place.
 * Takes 56 bytes with compressed references; with the id (48) and its place in the table (at most 22) 126.
 */
final class PeerEntry extends PeerStanding implements PeerStandingHandle {

    private static final Cause[] CAUSES = Cause.values();
    private static final long MILLIS_PER_SECOND = 1000;

    private final int firstSeen;
    /** Seconds of the epoch, unsigned; racing writers differ by no more than the race took. */
    private int lastSeen;
    private byte lastPraise;
    private int overflows;
    private int failures;
    private int invalids;
    private ScoreHistory history;

    /** A peer that was never judged. */
    PeerEntry(Reputation owner, PeerId id) {
        super(owner, id, StandingWord.of(0, owner.decay().now(), 0));
        this.firstSeen = (int) (owner.millis() / MILLIS_PER_SECOND);
        this.lastSeen = firstSeen;
    }

    /** A peer as it was saved, after these points of decay since. */
    PeerEntry(Reputation owner, SavedPeer saved, long decayed) {
        super(owner, saved.id(), restored(saved, owner.decay().now(), decayed));
        this.firstSeen = saved.firstSeen();
        this.lastSeen = saved.lastSeen();
        this.overflows = (int) (saved.successes() / (StandingWord.COUNT + 1));
        this.failures = saved.failures();
        this.invalids = saved.invalids();
    }

    private static long restored(SavedPeer saved, long total, long decayed) {
        int score = StandingWord.score(StandingWord.of(saved.score(), 0, 0), Math.min(decayed, ReputationScore.MAX));
        return StandingWord.of(score, total, (int) (saved.successes() & StandingWord.COUNT))
                | (saved.banned() ? StandingWord.BANNED : 0) | (saved.warned() ? StandingWord.WARNED : 0);
    }

    @Override
    public void recordSuccess(Cause cause) {
        Objects.requireNonNull(cause, "cause");
        PeerEntry entry = this;
        while (!entry.praise(cause)) {
            entry = owner().entry(id());
        }
    }

    @Override
    public void recordFailure(Cause cause) {
        recordBad(owner().rules().failurePoints(), false, cause);
    }

    @Override
    public void recordInvalid(Cause cause) {
        recordBad(owner().rules().invalidPoints(), true, cause);
    }

    private void recordBad(int points, boolean invalid, Cause cause) {
        Objects.requireNonNull(cause, "cause");
        PeerEntry entry = this;
        while (!entry.blame(points, invalid, cause)) {
            entry = owner().entry(id());
        }
    }

    /** Counts a success; false if this entry is dead. The hot path: one compare-and-set, no lock, no clock. */
    private boolean praise(Cause cause) {
        ReputationSettings rules = owner().rules();
        long total = owner().decay().coarse();
        long old;
        long next;
        do {
            old = word();
            next = StandingWord.praised(old, total, rules.successPoints());
            if (next == old) {
                next = StandingWord.moved(old, total, rules.successPoints(), rules) + 1;
                if (old < 0 || ((old ^ next) & StandingWord.FLAGS) != 0 || StandingWord.full(old)) {
                    return praiseRarely(cause);
                }
            }
        } while (!compareAndSet(old, next));
        praised(cause);
        return true;
    }

    private void praised(Cause cause) {
        int now = owner().seconds();
        if (lastSeen != now) {
            lastSeen = now;
        }
        if (lastPraise != cause.ordinal()) {
            lastPraise = (byte) cause.ordinal();
        }
        owner().store().changed(false);
    }

    /** A success that changes a flag or overflows the count. */
    private synchronized boolean praiseRarely(Cause cause) {
        ReputationSettings rules = owner().rules();
        long old;
        long next;
        do {
            old = word();
            if (old < 0) {
                return false;
            }
            next = StandingWord.moved(old, owner().decay().coarse(), rules.successPoints(), rules);
        } while (!swap(old, StandingWord.full(old) ? next - StandingWord.COUNT : next + 1, cause));
        if (StandingWord.full(old)) {
            overflows++;
        }
        praised(cause);
        return true;
    }

    /** Counts a bad deed; false if this entry is dead. */
    private synchronized boolean blame(int points, boolean invalid, Cause cause) {
        long total = owner().decay().now();
        long old;
        long next;
        do {
            old = word();
            if (old < 0) {
                return false;
            }
            next = StandingWord.moved(old, total, points, owner().rules());
        } while (!swap(old, next, cause));
        if (invalid) {
            invalids++;
        } else {
            failures++;
        }
        long millis = owner().millis();
        if (points < 0) {
            explain(millis, cause, StandingWord.score(old, total), StandingWord.written(next));
        }
        lastSeen = (int) (millis / MILLIS_PER_SECOND);
        owner().store().changed(true);
        return true;
    }

    /** Adds an event, and before it one for all successes since the last. Under this entry's lock. */
    private void explain(long millis, Cause cause, int before, int after) {
        int limit = owner().rules().historySize();
        if (limit == 0) {
            return;
        }
        if (history == null) {
            history = new ScoreHistory();
            history.newSuccesses(successes());
        }
        long praised = history.newSuccesses(successes());
        if (praised > 0) {
            history.add(seenMillis(), CAUSES[lastPraise], praisePoints(praised), before, limit);
        }
        history.add(millis, cause, after - before, after, limit);
    }

    private int praisePoints(long successes) {
        return (int) Math.min(2 * ReputationScore.MAX, successes * owner().rules().successPoints());
    }

    private long seenMillis() {
        return Integer.toUnsignedLong(lastSeen) * MILLIS_PER_SECOND;
    }

    /** Notes what an operator decided. */
    synchronized void explainByHand() {
        int score = ownScore();
        explain(owner().millis(), Cause.MANUAL, score, score);
    }

    @Override
    public Standing standing() {
        PeerEntry entry = alive();
        if (owner().handBans().holds(id())) {
            return Standing.BANNED;
        }
        return entry == null ? Standing.GOOD : entry.standingByScore();
    }

    @Override
    public int score() {
        PeerEntry entry = alive();
        return entry == null ? 0 : entry.ownScore();
    }

    private PeerEntry alive() {
        return gone() ? owner().find(id()) : this;
    }

    synchronized long successes() {
        return overflows * (StandingWord.COUNT + 1) + (word() & StandingWord.COUNT);
    }

    synchronized int failures() {
        return failures;
    }

    synchronized int invalids() {
        return invalids;
    }

    Instant firstSeen() {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(firstSeen));
    }

    Instant lastSeen() {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(lastSeen));
    }

    /** The events, with one for the successes since the last. */
    synchronized List<ScoreEvent> events() {
        if (history == null) {
            return List.of();
        }
        List<ScoreEvent> events = history.events();
        long praised = successes() - history.knownSuccesses();
        if (praised > 0) {
            events.add(new ScoreEvent(Instant.ofEpochMilli(seenMillis()), CAUSES[lastPraise], praisePoints(praised),
                    ownScore()));
        }
        int surplus = Math.max(0, events.size() - owner().rules().historySize());
        return List.copyOf(events.subList(surplus, events.size()));
    }

    synchronized void shrinkHistory(int limit) {
        if (limit == 0) {
            history = null;
        } else if (history != null) {
            history.shrink(limit);
        }
    }

    /** Who leaves first when the table is full: banned last, then nearest to 0, then not judged for longest. */
    long worth(long total) {
        long now = word();
        return (now & StandingWord.BANNED) | (long) Math.abs(StandingWord.score(now, total)) << Integer.SIZE
                | Integer.toUnsignedLong(lastSeen);
    }

    synchronized SavedPeer save() {
        boolean warned = (word() & StandingWord.WARNED) != 0;
        return new SavedPeer(id(), ownScore(), flaggedBanned(), warned, successes(), failures, invalids, firstSeen,
                lastSeen);
    }
}
