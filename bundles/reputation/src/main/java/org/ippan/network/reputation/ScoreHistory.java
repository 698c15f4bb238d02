// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.ScoreEvent;

/** The last score events of one peer, two words each. Grows as they come, up to its limit. Guarded by its entry. */
final class ScoreHistory {

    private static final int WORDS = 2;
    private static final int FIRST_EVENTS = 4;
    private static final Cause[] CAUSES = Cause.values();

    private long[] words = new long[0];
    private int length;
    private long successes;

    /** Adds an event, forgetting the oldest ones beyond the limit. */
    void add(long millis, Cause cause, int points, int score, int limit) {
        trim(limit - 1);
        if (length == words.length) {
            words = Arrays.copyOf(words, Math.min(limit * WORDS, Math.max(FIRST_EVENTS * WORDS, 2 * length)));
        }
        words[length++] = millis;
        words[length++] = (long) cause.ordinal() << Integer.SIZE | (long) (points & 0xFFFF) << Short.SIZE
                | score & 0xFFFF;
    }

    /** Keeps so many of the newest events. */
    void trim(int limit) {
        int surplus = length - Math.max(0, limit) * WORDS;
        if (surplus > 0) {
            length -= surplus;
            System.arraycopy(words, surplus, words, 0, length);
        }
    }

    /** Gives back memory beyond so many events. */
    void shrink(int limit) {
        trim(limit);
        if (words.length > limit * WORDS) {
            words = Arrays.copyOf(words, length);
        }
    }

    /** How many successes came since this was asked last. */
    long newSuccesses(long now) {
        long since = now - successes;
        successes = now;
        return since;
    }

    /** The successes when they were last asked for. */
    long knownSuccesses() {
        return successes;
    }

    List<ScoreEvent> events() {
        List<ScoreEvent> events = new ArrayList<>(length / WORDS);
        for (int i = 0; i < length; i += WORDS) {
            long word = words[i + 1];
            events.add(new ScoreEvent(Instant.ofEpochMilli(words[i]), CAUSES[(int) (word >>> Integer.SIZE)],
                    (short) (word >>> Short.SIZE), (short) word));
        }
        return events;
    }
}
