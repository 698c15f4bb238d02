// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import org.ippan.network.api.snapshot.Measure;

/**
 * A peer's score and what it means now.
 *
 * @param value -1000 to +1000; a stranger has 0
 * @param standing what follows from it and from bans by hand
 */
public record ReputationScore(
        @Measure(value = "Score, -1000 to 1000.", unit = "points") int value,
        @Measure("What follows from the score and from bans by hand.") Standing standing) {

    /** Least score. */
    public static final int MIN = -1000;
    /** Greatest score. */
    public static final int MAX = 1000;
    /** What a peer has that was never judged. */
    public static final ReputationScore NEUTRAL = new ReputationScore(0, Standing.GOOD);

    /**
     * Refuses scores out of range.
     *
     * @param value -1000 to +1000
     * @param standing any
     * @throws IllegalArgumentException if the value is not -1000 to +1000
     */
    public ReputationScore {
        if (value < MIN || value > MAX) {
            throw new IllegalArgumentException("a score is -1000 to 1000, not " + value);
        }
    }
}
