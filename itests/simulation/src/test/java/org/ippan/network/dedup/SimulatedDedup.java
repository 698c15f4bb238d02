// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.simulation.NodeTime;

/** The real deduplicator in a simulated node. */
public final class SimulatedDedup {

    /** So large that the default capacity is not bounded by it. */
    private static final long HEAP = 1L << 30;

    private SimulatedDedup() {
    }

    /** One with these settings, the others at their defaults. */
    public static MessageDeduplicator create(NodeTime time, RandomGenerator random, Map<String, ?> settings) {
        return new Dedup(DedupSettings.of(DedupSettings.SCHEMA.parse(settings), HEAP), time, time, random, text -> { });
    }
}
