// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

/**
 * Time that others may still wait for some links together. It fills by a part of the time that passes, so that in the
 * long run these links cost no more than that part, whatever they do; what was overdrawn is owed. Confined to one
 * thread.
 */
final class Purse {

    private static final int WHOLE = 100;

    private final long most;
    private final int percent;
    private long nanos;

    /** A full one, and what part of the time that passes fills it. */
    Purse(long most, int percent) {
        this.most = most;
        this.percent = percent;
        this.nanos = most;
    }

    /** Time passed. */
    void fill(long passed) {
        nanos = Math.min(most, nanos + passed * percent / WHOLE);
    }

    /** Others waited for so long. */
    void pay(long waited) {
        nanos -= waited;
    }

    /** Whether others wait no longer. */
    boolean isEmpty() {
        return nanos <= 0;
    }
}
