// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ScoreEvent;
import org.ippan.network.api.reputation.Standing;

/**
 * One peer. Everything that decides is in {@link #word}, changed by compare-and-set only; what merely explains is
 * guarded by this object's lock, which a success takes only when a flag changes or 65 536 successes came.
 * An entry that left the table is dead for good: records through it go to the entry that has taken its place.
 * Takes 56 bytes with compressed references; with the id (48) and its place in the table (at most 22) 126.
 */
final class PeerEntry implements PeerStandingHandle {

    private static final VarHandle WORD;
    private static final Cause[] CAUSES = Cause.values();

    private final Reputation owner;
    private final PeerId id;
    private final int firstSeen;
    private volatile long word;
    /** Seconds of the epoch, unsigned; racing writers differ by no more than the race took. */
    private int lastSeen;
    private byte lastPraise;
    private int overflows;
    private int failures;
    private int invalids;
    private ScoreHistory history;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(PeerEntry.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A peer nobody has judged yet. */
    PeerEntry(Reputation owner, PeerId id) {
        this.owner = owner;
        this.id = id;
        this.firstSeen = owner.seconds();
        this.lastSeen = firstSeen;
        this.word = StandingWord.of(0, owner.decay().now(), 0);
    }

    /** A peer as it was saved, after these points of decay since. */
    PeerEntry(Reputation owner, SavedPeer saved, long decayed) {
        this.owner = owner;
        this.id = saved.id();
        this.firstSeen = saved.firstSeen();
        this.lastSeen = saved.lastSeen();
        this.overflows = (int) (saved.successes() / (StandingWord.COUNT + 1));
        this.failures = saved.failures();
        this.invalids = saved.invalids();
        int score = StandingWord.score(StandingWord.of(saved.score(), 0, 0), Math.min(decayed, 2 * ReputationScore.MAX));
        this.word = StandingWord.of(score, owner.decay().now(), (int) (saved.successes() & StandingWord.COUNT))
                | (saved.banned() ? StandingWord.BANNED : 0) | (saved.warned() ? StandingWord.WARNED : 0);
    }

    PeerId id() {
        return id;
    }

    @Override
    public void recordSuccess(Cause cause) {
        PeerEntry entry = this;
        while (!entry.praise(cause)) {
            entry = owner.entry(id);
        }
    }

    @Override
    public void recordFailure(Cause cause) {
        PeerEntry entry = this;
        while (!entry.blame(owner.rules().failurePoints(), false, cause)) {
            entry = owner.entry(id);
        }
    }

    @Override
    public void recordInvalid(Cause cause) {
        PeerEntry entry = this;
        while (!entry.blame(owner.rules().invalidPoints(), true, cause)) {
            entry = owner.entry(id);
        }
    }

    /** Counts a success; false if this entry is dead. The hot path: one compare-and-set, no lock, no clock. */
    private boolean praise(Cause cause) {
        ReputationSettings rules = owner.rules();
        long total = owner.decay().coarse();
        long old;
        long next;
        do {
            old = word;
            if (old < 0) {
                return false;
            }
            next = StandingWord.moved(old, total, rules.successPoints(), rules);
            if (((old ^ next) & StandingWord.FLAGS) != 0 || (old & StandingWord.COUNT) == StandingWord.COUNT) {
                return praiseRarely(cause);
            }
        } while (!WORD.compareAndSet(this, old, next + 1));
        praised(cause);
        return true;
    }

    private void praised(Cause cause) {
        int now = owner.seconds();
        if (lastSeen != now) {
            lastSeen = now;
        }
        if (lastPraise != cause.ordinal()) {
            lastPraise = (byte) cause.ordinal();
        }
        owner.changed(false);
    }

    /** A success that changes a flag or overflows the count. */
    private synchronized boolean praiseRarely(Cause cause) {
        ReputationSettings rules = owner.rules();
        long old;
        boolean overflow;
        long next;
        do {
            old = word;
            if (old < 0) {
                return false;
            }
            overflow = (old & StandingWord.COUNT) == StandingWord.COUNT;
            next = StandingWord.moved(old, owner.decay().coarse(), rules.successPoints(), rules);
        } while (!swap(old, overflow ? next - StandingWord.COUNT : next + 1, cause));
        if (overflow) {
            overflows++;
        }
        praised(cause);
        return true;
    }

    /** Counts a bad deed; false if this entry is dead. */
    private synchronized boolean blame(int points, boolean invalid, Cause cause) {
        long total = owner.decay().now();
        long old;
        long next;
        do {
            old = word;
            if (old < 0) {
                return false;
            }
            next = StandingWord.moved(old, total, points, owner.rules());
        } while (!swap(old, next, cause));
        if (invalid) {
            invalids++;
        } else {
            failures++;
        }
        lastSeen = owner.exactSeconds();
        if (points < 0) {
            explain(cause, StandingWord.score(old, total), StandingWord.written(next));
        }
        owner.changed(true);
        return true;
    }

    /** Adds an event, and before it one for all successes since the last. Under this entry's lock. */
    private void explain(Cause cause, int before, int after) {
        int limit = owner.rules().historySize();
        if (limit == 0) {
            return;
        }
        long now = owner.millis();
        if (history == null) {
            history = new ScoreHistory();
            history.newSuccesses(successes());
        }
        long praised = history.newSuccesses(successes());
        if (praised > 0) {
            history.add(seenMillis(), CAUSES[lastPraise], praisePoints(praised), before, limit);
        }
        history.add(now, cause, after - before, after, limit);
    }

    private int praisePoints(long successes) {
        return (int) Math.min(2 * ReputationScore.MAX, successes * owner.rules().successPoints());
    }

    private long seenMillis() {
        return Integer.toUnsignedLong(lastSeen) * 1000;
    }

    /** Notes what an operator decided. */
    synchronized void explainByHand() {
        int score = StandingWord.score(word, owner.decay().now());
        explain(Cause.MANUAL, score, score);
    }

    /** Changes the word, and tells of it where a flag changes: exactly once, by whoever won. */
    private boolean swap(long old, long next, Cause cause) {
        return ((old ^ next) & StandingWord.FLAGS) == 0 ? compareAndSet(old, next)
                : owner.decisions().cross(this, old, next, cause);
    }

    boolean compareAndSet(long old, long next) {
        return WORD.compareAndSet(this, old, next);
    }

    /** Brings the flags in line with time and settings, and the word up to date before its decay total wraps. */
    void settle() {
        long total = owner.decay().now();
        long old;
        long next;
        do {
            old = word;
            next = StandingWord.moved(old, total, 0, owner.rules());
            if (old < 0 || ((old ^ next) & StandingWord.FLAGS) == 0
                    && StandingWord.behind(old, total) < StandingWord.FAR_BEHIND) {
                return;
            }
        } while (!swap(old, next, null));
    }

    /** Raises the score to at least the pardon score and ends the ban. Under the lock of the decisions. */
    void forgive() {
        long old;
        long next;
        do {
            old = word;
            long total = owner.decay().now();
            int rise = Math.max(0, owner.rules().pardonScore() - StandingWord.score(old, total));
            next = StandingWord.moved(old, total, rise, owner.rules()) & ~StandingWord.BANNED;
        } while (!compareAndSet(old, next));
    }

    /** Ends this entry's life and says whether the peer was banned by its score. */
    boolean leave() {
        return ((long) WORD.getAndBitwiseOr(this, StandingWord.GONE) & StandingWord.BANNED) != 0;
    }

    /** Whether the score bans the peer now. Lock-free; without a clock read for those who are not banned. */
    boolean banned() {
        long now = word;
        return (now & StandingWord.BANNED) != 0
                && StandingWord.score(now, owner.decay().now()) < owner.rules().pardonScore();
    }

    /** Whether the ban flag is set: the decision that was told last, if time has not been looked at since. */
    boolean flaggedBanned() {
        return (word & StandingWord.BANNED) != 0;
    }

    @Override
    public Standing standing() {
        PeerEntry entry = alive();
        if (owner.handBans().holds(id)) {
            return Standing.BANNED;
        }
        return entry == null ? Standing.GOOD : entry.standingByScore();
    }

    Standing standingByScore() {
        if (banned()) {
            return Standing.BANNED;
        }
        int warn = owner.rules().warnThreshold();
        return StandingWord.written(word) <= warn && ownScore() <= warn ? Standing.WARNED : Standing.GOOD;
    }

    @Override
    public int score() {
        PeerEntry entry = alive();
        return entry == null ? 0 : entry.ownScore();
    }

    int ownScore() {
        return StandingWord.score(word, owner.decay().now());
    }

    private PeerEntry alive() {
        return word < 0 ? owner.find(id) : this;
    }

    synchronized long successes() {
        return overflows * (StandingWord.COUNT + 1) + (word & StandingWord.COUNT);
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
        int surplus = Math.max(0, events.size() - owner.rules().historySize());
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
        long now = word;
        return (now & StandingWord.BANNED) | (long) Math.abs(StandingWord.score(now, total)) << Integer.SIZE
                | Integer.toUnsignedLong(lastSeen);
    }

    synchronized SavedPeer save() {
        return new SavedPeer(id, ownScore(), flaggedBanned(), (word & StandingWord.WARNED) != 0, successes(), failures,
                invalids, firstSeen, lastSeen);
    }
}
