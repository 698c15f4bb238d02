// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.peers.AddressDrop;
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
    final LongAdder addressRequestsSent = new LongAdder();
    final LongAdder addressAnswers = new LongAdder();
    final LongAdder addressAnswersIgnored = new LongAdder();
    final LongAdder addressRequestsServed = new LongAdder();
    final LongAdder addressRequestsIgnored = new LongAdder();
    final LongAdder addressRecordsTaken = new LongAdder();
    private final AtomicLongArray dropped = new AtomicLongArray(AddressDrop.values().length);
    private final AtomicLongArray sent = new AtomicLongArray(GoodbyeReason.values().length);
    private final AtomicLongArray received = new AtomicLongArray(GoodbyeReason.values().length);

    void goodbyeSent(GoodbyeReason reason) {
        sent.incrementAndGet(reason.ordinal());
    }

    void goodbyeReceived(GoodbyeReason reason) {
        received.incrementAndGet(reason.ordinal());
    }

    void addressDropped(AddressDrop reason) {
        dropped.incrementAndGet(reason.ordinal());
    }

    Map<GoodbyeReason, Long> goodbyesSent() {
        return byReason(GoodbyeReason.class, sent);
    }

    Map<GoodbyeReason, Long> goodbyesReceived() {
        return byReason(GoodbyeReason.class, received);
    }

    Map<AddressDrop, Long> addressesDropped() {
        return byReason(AddressDrop.class, dropped);
    }

    private static <E extends Enum<E>> Map<E, Long> byReason(Class<E> reasons, AtomicLongArray counts) {
        Map<E, Long> map = new EnumMap<>(reasons);
        for (E reason : reasons.getEnumConstants()) {
            map.put(reason, counts.get(reason.ordinal()));
        }
        return map;
    }
}
