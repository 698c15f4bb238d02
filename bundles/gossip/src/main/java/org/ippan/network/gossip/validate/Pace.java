// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.concurrent.TimeUnit;

/**
 * How long the calls of one validator take. One that is slow by itself is told from one whose threads get no time of a
 * busy machine: that must cost no messages. Changed under the lock of its line; any thread reads.
 */
final class Pace {

    /** A validator that takes so long on average makes no link wait. */
    static final long SLOW_CALL = TimeUnit.MILLISECONDS.toNanos(5);
    /** Nor does one for which a message has waited for so long, if that is what its calls take. */
    static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double NANOS_PER_MILLI = 1e6;
    /** The average moves by this part of the difference: a thread may lose its processor in the middle of one call. */
    private static final int SMOOTHING = 32;

    private volatile long averageNanos;

    /** A call took so long. */
    void took(long nanos) {
        averageNanos += (nanos - averageNanos) / SMOOTHING;
    }

    boolean isSlow() {
        return averageNanos >= SLOW_CALL;
    }

    /** Whether so many messages, of which so many are judged at once, keep one waiting for long. */
    boolean isLongFor(int messages, int atOnce) {
        return messages * averageNanos >= atOnce * PATIENCE / 2;
    }

    double averageMillis() {
        return averageNanos / NANOS_PER_MILLI;
    }
}
