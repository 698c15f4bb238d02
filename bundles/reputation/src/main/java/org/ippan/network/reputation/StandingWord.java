// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import org.ippan.network.api.reputation.ReputationScore;

/**
 * One peer's state in 64 bits, so that one compare-and-set changes all of it. From the lowest bit: 16 bits of successes
 * (what overflows is kept beside the word), 34 bits of the decay total at the last change, 11 bits of the score above
 * its minimum, and the flags. Decay is a difference of totals ({@link DecayClock}): nothing has to run for it.
 * Pure functions; {@code total} is the decay total to judge by.
 */
final class StandingWord {

    /** Banned by score. State, not a comparison: it ends at the pardon score, which is above the ban threshold. */
    static final long BANNED = 1L << 61;
    /** Was at or below the warning threshold and has not recovered since: its warning was told. */
    static final long WARNED = 1L << 62;
    /** No longer in the table. Never taken back. */
    static final long GONE = 1L << 63;
    /** The flags whose change is a decision. */
    static final long FLAGS = BANNED | WARNED;
    /** The bits of the successes. */
    static final long COUNT = 0xFFFF;
    /** Words this far behind are brought up to date, long before 34 bits can wrap around. */
    static final long FAR_BEHIND = 1L << 32;

    private static final int TOTAL_SHIFT = 16;
    private static final int TOTAL_BITS = 34;
    private static final long TOTAL_MASK = (1L << TOTAL_BITS) - 1;
    private static final int SCORE_SHIFT = TOTAL_SHIFT + TOTAL_BITS;
    private static final int SCORE_MASK = 0x7FF;

    private StandingWord() {
    }

    /** A word without flags. */
    static long of(int score, long total, int successes) {
        return (long) (score - ReputationScore.MIN) << SCORE_SHIFT | (total & TOTAL_MASK) << TOTAL_SHIFT | successes;
    }

    /** The score at the last change. */
    static int written(long word) {
        return ((int) (word >>> SCORE_SHIFT) & SCORE_MASK) + ReputationScore.MIN;
    }

    /** Whether one more success overflows the count. */
    static boolean full(long word) {
        return (word & COUNT) == COUNT;
    }

    /** Points of decay since the last change; never negative, though another thread may have seen a later total. */
    static long behind(long word, long total) {
        return Math.max(0, total - (word >>> TOTAL_SHIFT) << Long.SIZE - TOTAL_BITS >> Long.SIZE - TOTAL_BITS);
    }

    /** The score with decay, which moves it toward 0 and no farther. */
    static int score(long word, long total) {
        int score = written(word);
        long behind = behind(word, total);
        return (int) (score > 0 ? Math.max(0, score - behind) : Math.min(0, score + behind));
    }

    /** The word after decay and then these points, with the flags that follow. */
    static long moved(long word, long total, int points, ReputationSettings rules) {
        int before = score(word, total);
        int after = Math.max(ReputationScore.MIN, Math.min(ReputationScore.MAX, before + points));
        long flags = judged(judged(word & FLAGS, before, rules), after, rules);
        long latest = behind(word, total) > 0 ? total : word >>> TOTAL_SHIFT;
        return word & GONE | flags | of(after, latest, (int) (word & COUNT));
    }

    /**
     * The word after a success, where that is no more than an addition: the usual case of a peer without flags, score
     * not negative, no decay due, room in the count. The same word where it takes {@link #moved} to tell.
     */
    static long praised(long word, long total, int points) {
        int score = written(word);
        boolean plain = (word & (FLAGS | GONE)) == 0 && score >= 0 && !full(word)
                && ((word >>> TOTAL_SHIFT ^ total) & TOTAL_MASK) == 0;
        return plain ? word + ((long) Math.min(points, ReputationScore.MAX - score) << SCORE_SHIFT) + 1 : word;
    }

    private static long judged(long flags, int score, ReputationSettings rules) {
        if (score <= rules.banThreshold()) {
            return FLAGS;
        }
        long banned = (flags & BANNED) != 0 && score < rules.pardonScore() ? BANNED : 0;
        if (score <= rules.warnThreshold()) {
            return banned | WARNED;
        }
        return banned | (score < rules.recoveredScore() ? flags & WARNED : 0);
    }
}
