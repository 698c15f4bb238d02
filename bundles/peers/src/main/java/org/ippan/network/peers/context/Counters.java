// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.RoomLimit;

/** What the bundle counts. Safe for any thread. */
public final class Counters {

    public final LongAdder dials = new LongAdder();
    public final LongAdder dialFailures = new LongAdder();
    public final LongAdder handshakes = new LongAdder();
    public final LongAdder handshakesRefused = new LongAdder();
    /** Peers that proved the second network key. */
    public final LongAdder secondKeyHandshakes = new LongAdder();
    public final LongAdder duplicatesClosed = new LongAdder();
    public final LongAdder pingsSent = new LongAdder();
    public final LongAdder pingsMissed = new LongAdder();
    public final LongAdder localFaults = new LongAdder();
    public final LongAdder framesWithoutHandler = new LongAdder();
    public final LongAdder addressRequestsSent = new LongAdder();
    public final LongAdder addressAnswers = new LongAdder();
    public final LongAdder addressAnswersIgnored = new LongAdder();
    public final LongAdder addressRequestsServed = new LongAdder();
    public final LongAdder addressRequestsIgnored = new LongAdder();
    public final LongAdder addressRecordsTaken = new LongAdder();
    private final AtomicLongArray dropped = new AtomicLongArray(AddressDrop.values().length);
    private final AtomicLongArray room = new AtomicLongArray(RoomLimit.values().length);
    private final AtomicLongArray sent = new AtomicLongArray(GoodbyeReason.values().length);
    private final AtomicLongArray received = new AtomicLongArray(GoodbyeReason.values().length);

    public void goodbyeSent(GoodbyeReason reason) {
        sent.incrementAndGet(reason.ordinal());
    }

    public void goodbyeReceived(GoodbyeReason reason) {
        received.incrementAndGet(reason.ordinal());
    }

    public void roomRefused(RoomLimit limit) {
        room.incrementAndGet(limit.ordinal());
    }

    public void addressDropped(AddressDrop reason) {
        dropped.incrementAndGet(reason.ordinal());
    }

    public Map<RoomLimit, Long> roomRefused() {
        return byReason(RoomLimit.class, room);
    }

    public Map<GoodbyeReason, Long> goodbyesSent() {
        return byReason(GoodbyeReason.class, sent);
    }

    public Map<GoodbyeReason, Long> goodbyesReceived() {
        return byReason(GoodbyeReason.class, received);
    }

    public Map<AddressDrop, Long> addressesDropped() {
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
