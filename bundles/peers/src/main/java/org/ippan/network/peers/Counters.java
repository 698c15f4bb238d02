// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.peers.GoodbyeReason;

/** What the bundle counts. Safe for any thread. */
final class Counters {

    final LongAdder dials = new LongAdder();
    final LongAdder dialFailures = new LongAdder();
    final LongAdder handshakes = new LongAdder();
    final LongAdder handshakesRefused = new LongAdder();
    final LongAdder duplicatesClosed = new LongAdder();
    final LongAdder pingsSent = new LongAdder();
    final LongAdder pingsMissed = new LongAdder();
    final LongAdder localFaults = new LongAdder();
    final LongAdder framesWithoutHandler = new LongAdder();
    private final AtomicLongArray sent = new AtomicLongArray(GoodbyeReason.values().length);
    private final AtomicLongArray received = new AtomicLongArray(GoodbyeReason.values().length);

    void goodbyeSent(GoodbyeReason reason) {
        sent.incrementAndGet(reason.ordinal());
    }

    void goodbyeReceived(GoodbyeReason reason) {
        received.incrementAndGet(reason.ordinal());
    }

    Map<GoodbyeReason, Long> goodbyesSent() {
        return byReason(sent);
    }

    Map<GoodbyeReason, Long> goodbyesReceived() {
        return byReason(received);
    }

    private static Map<GoodbyeReason, Long> byReason(AtomicLongArray counts) {
        Map<GoodbyeReason, Long> map = new EnumMap<>(GoodbyeReason.class);
        for (GoodbyeReason reason : GoodbyeReason.values()) {
            map.put(reason, counts.get(reason.ordinal()));
        }
        return map;
    }
}
