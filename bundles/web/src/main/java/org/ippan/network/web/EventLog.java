// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;

/** The last decisions of the node, with the time of each. Safe for any thread; a new one pushes the oldest out. */
final class EventLog implements NetworkEventListener {

    static final int KEPT = 500;

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long count;

    /**
     * One decision.
     *
     * @param number counts from 1
     * @param time when
     * @param type what happened
     * @param peer to whom, if to a peer
     * @param text why
     */
    record Entry(long number, Instant time, EventType type, Optional<PeerId> peer, String text) {
    }

    EventLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void onEvent(NetworkEvent event) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(++count, clock.instant(), event.type(), event.peer(), event.text()));
    }

    /** Those after a number, oldest first. */
    synchronized List<Entry> after(long number) {
        return entries.stream().filter(entry -> entry.number() > number).toList();
    }
}
