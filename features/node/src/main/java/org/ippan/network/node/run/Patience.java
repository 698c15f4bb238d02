// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How long publishing waits for something, and what is told meanwhile: after two seconds and once a minute, what it
 * waits for. Used by one thread.
 */
final class Patience {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int seconds;
    private final Consumer<String> told;
    private final LongSupplier nanos;
    private long since;
    private long nextAt;

    /**
     * Patience that begins now.
     *
     * @param seconds how long at most nothing may happen; 0 for ever
     * @param told gets lines for the operator
     * @param nanos time
     */
    Patience(int seconds, Consumer<String> told, LongSupplier nanos) {
        this.seconds = seconds;
        this.told = told;
        this.nanos = nanos;
        progress();
    }

    /** Something happened: the wait begins anew. */
    void progress() {
        since = nanos.getAsLong();
        nextAt = since + FIRST_NANOS;
    }

    /** Still waiting, for this; true when that has taken too long, which is told as well. */
    boolean exhausted(String reason) {
        long now = nanos.getAsLong();
        if (seconds > 0 && now - since >= TimeUnit.SECONDS.toNanos(seconds)) {
            told.accept("ippan-node: gave up publishing after " + seconds + " s (--timeout): " + reason);
            return true;
        }
        if (now - nextAt >= 0) {
            nextAt = now + AGAIN_NANOS;
            told.accept("ippan-node: waiting to publish: " + reason);
        }
        return false;
    }
}
