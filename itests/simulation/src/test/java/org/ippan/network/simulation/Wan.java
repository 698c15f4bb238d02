// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.testkit.SimLimits;
import org.ippan.network.testkit.SimNetwork;
import org.ippan.network.testkit.SimTransport;

/**
 * A wide-area network: each pair of nodes has a distance of its own, 20 to 80 ms one way, and each segment is late by a
 * further 10 ms on average, exponentially distributed. That is 60 ms in the mean; a node sends 50 Mbit/s.
 */
final class Wan implements SimNetwork.Latency {

    /** Mean one-way delay: the unit delivery times are told in. */
    static final Duration MEAN = Duration.ofMillis(60);
    static final SimLimits LIMITS = new SimLimits(4 << 20, 8192, 512 << 10, 50_000_000 / Byte.SIZE,
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private static final long NEAREST = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SPREAD = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long JITTER = TimeUnit.MILLISECONDS.toNanos(10);

    @Override
    public long nanos(SimTransport from, SimTransport to, RandomGenerator random) {
        return NEAREST + (long) (SPREAD * distance(from, to)) + (long) (JITTER * random.nextExponential());
    }

    /** 0 to 1, the same both ways and in every run. */
    private static double distance(SimTransport from, SimTransport to) {
        int pair = from.address().hashCode() ^ (to == null ? 0 : to.address().hashCode());
        long mixed = (pair + 1L) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return (mixed >>> 11) * 0x1p-53;
    }
}
