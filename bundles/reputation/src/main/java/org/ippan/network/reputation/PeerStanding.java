// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.Standing;

/**
 * The half of an entry that decides: one word, changed by compare-and-set only, and what it means under the rules and
 * at the time of the moment. Reading changes nothing and takes no lock.
 */
abstract class PeerStanding {

    private static final VarHandle WORD;

    private final Reputation owner;
    private final PeerId id;
    private volatile long word;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(PeerStanding.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    PeerStanding(Reputation owner, PeerId id, long word) {
        this.owner = owner;
        this.id = id;
        this.word = word;
    }

    final Reputation owner() {
        return owner;
    }

    final PeerId id() {
        return id;
    }

    /** The state now, as {@link StandingWord} reads it. */
    final long word() {
        return word;
    }

    /** Whether the entry has left the table. */
    final boolean gone() {
        return word < 0;
    }

    /** Changes the word, and tells of it where a flag changes: exactly once, by the thread that won. */
    final boolean swap(long old, long next, Cause cause) {
        return ((old ^ next) & StandingWord.FLAGS) == 0 ? compareAndSet(old, next)
                : owner.decisions().cross(this, old, next, cause);
    }

    final boolean compareAndSet(long old, long next) {
        return WORD.compareAndSet(this, old, next);
    }

    /** Brings the flags in line with time and settings, and the word up to date before its decay total wraps. */
    final void settle() {
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
    final void forgive() {
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
    final boolean leave() {
        return ((long) WORD.getAndBitwiseOr(this, StandingWord.GONE) & StandingWord.BANNED) != 0;
    }

    /** Whether the score bans the peer now. Lock-free; without a clock read for those who are not banned. */
    final boolean banned() {
        long now = word;
        return (now & StandingWord.BANNED) != 0
                && StandingWord.score(now, owner.decay().now()) < owner.rules().pardonScore();
    }

    /** Whether the ban flag is set: the decision that was told last, if time has not been looked at since. */
    final boolean flaggedBanned() {
        return (word & StandingWord.BANNED) != 0;
    }

    final Standing standingByScore() {
        if (banned()) {
            return Standing.BANNED;
        }
        int warn = owner.rules().warnThreshold();
        return StandingWord.written(word) <= warn && ownScore() <= warn ? Standing.WARNED : Standing.GOOD;
    }

    final int ownScore() {
        return StandingWord.score(word, owner.decay().now());
    }
}
