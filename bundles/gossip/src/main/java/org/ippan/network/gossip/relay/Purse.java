// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

/**
 * Time that others may still wait for some links together. It fills by a part of the time that passes, so that in the
 * long run these links cost no more than that part, whatever they do; what was overdrawn is owed. At first there may be
 * more in it, which melts. Confined to one thread.
 */
final class Purse {

    private static final int WHOLE = 100;
    /** Of the time that passes, so much melts of what is too much. */
    private static final int MELTS = 15;

    private final long most;
    private final int percent;
    private long nanos;

    /** What it holds at most, what part of the time that passes fills it, and what is in it at first. */
    Purse(long most, int percent, long first) {
        this.most = most;
        this.percent = percent;
        this.nanos = first;
    }

    /** Time passed. */
    void fill(long passed) {
        nanos = nanos > most ? Math.max(most, nanos - passed * MELTS / WHOLE)
                : Math.min(most, nanos + passed * percent / WHOLE);
    }

    /** What was paid was paid for nothing. */
    void refill() {
        nanos = most;
    }

    /** Others waited for so long. */
    void pay(long waited) {
        nanos -= waited;
    }

    /** Whether nothing of it is used up. */
    boolean isFull() {
        return nanos >= most;
    }

    /** Whether others wait no longer. */
    boolean isEmpty() {
        return nanos <= 0;
    }
}
