// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

/**
 * Whose turn it is on a link: the more urgent first, but after 64 KiB of one priority the next lower one has 16 KiB if
 * something of it waits. What a turn took too much is owed. One thread at a time.
 */
final class Turns {

    private static final int TURN = 64 * 1024;
    private static final int PART = 4;

    private final long[] inARow;

    Turns(int priorities) {
        inARow = new long[priorities];
    }

    /** Whether a priority leaves the next turn to a lower one, if something waits there. */
    boolean yields(int priority) {
        return inARow[priority] >= TURN;
    }

    /**
     * A priority had a turn.
     *
     * @param yielded the more urgent ones that left it the turn, a bit each
     */
    void took(int priority, int bytes, int yielded) {
        inARow[priority] += bytes;
        for (int urgent = 0; urgent < priority; urgent++) {
            if ((yielded & 1 << urgent) != 0) {
                inARow[urgent] -= (long) PART * bytes;
            }
        }
    }

    /** Nothing lower waits: what was taken in a row does not count. */
    void alone(int priority) {
        inARow[priority] = Math.min(inARow[priority], 0);
    }
}
