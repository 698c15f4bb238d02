// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ippan.network.api.gossip.Verdict;

/**
 * The messages of the last minute by id: what is being validated, what may be asked for, and the last rejected ones.
 * Looking up and adding is for any thread; what takes messages out is confined to the relay.
 */
final class BodyCache {

    private static final int MAX_REJECTED = 4096;
    /** Part of the limit that may be exceeded before what is owed leaves: publishers have to hear of it first. */
    private static final int OWED_EXCESS = 8;

    private final ConcurrentHashMap<IdKey, HeldMessage> byId = new ConcurrentHashMap<>();
    private final Queue<HeldMessage> inOrder = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger bodies = new AtomicInteger();
    private final ArrayDeque<HeldMessage> rejected = new ArrayDeque<>();

    /** The message of this id, whatever became of it; null if there is none. */
    HeldMessage get(IdKey id) {
        return byId.get(id);
    }

    /** Begins to hold a message. The one that was held already, or null. */
    HeldMessage begin(HeldMessage message) {
        return byId.putIfAbsent(message, message);
    }

    /** Keeps an accepted message to be asked for. */
    void keep(HeldMessage message) {
        inOrder.add(message);
        bodies.incrementAndGet();
        bytes.addAndGet(message.cost());
    }

    /** Forgets a message that is neither accepted nor rejected. */
    void drop(HeldMessage message) {
        byId.remove(message, message);
    }

    /** Remembers the newest rejected messages, without their bodies. */
    void reject(HeldMessage message) {
        HeldMessage stub = message.rejectedStub();
        drop(message);
        byId.put(stub, stub);
        rejected.add(stub);
        if (rejected.size() > MAX_REJECTED) {
            drop(rejected.remove());
        }
    }

    /** What decides how long messages stay: their age unless they are still owed, and the bytes of all. */
    record Limits(long bornBefore, long maxBytes, Predicate<HeldMessage> owed) {
    }

    /** Lets the oldest messages go until the rest is young and small enough. How many left for want of room. */
    int expire(Limits limits, Consumer<HeldMessage> gone) {
        int early = 0;
        HeldMessage oldest;
        while ((oldest = inOrder.peek()) != null) {
            boolean owed = limits.owed().test(oldest);
            boolean expired = oldest.bornNanos() - limits.bornBefore() < 0 && !owed;
            long maxBytes = limits.maxBytes() + (owed ? limits.maxBytes() / OWED_EXCESS : 0);
            if (!expired && bytes.get() <= maxBytes) {
                break;
            }
            early += expired ? 0 : 1;
            inOrder.remove();
            bodies.decrementAndGet();
            bytes.addAndGet(-oldest.cost());
            drop(oldest);
            gone.accept(oldest);
        }
        return early;
    }

    /** The accepted message that would leave next; null if there is none. */
    HeldMessage oldest() {
        return inOrder.peek();
    }

    /** The accepted messages, newest first. */
    List<HeldMessage> newestFirst() {
        List<HeldMessage> messages = new ArrayList<>(inOrder);
        Collections.reverse(messages);
        return messages;
    }

    /** Everything held, rejected messages included. */
    void forEach(Consumer<HeldMessage> action) {
        byId.values().forEach(action);
    }

    /** Whether a body can be given to a peer that asks. */
    boolean isServable(HeldMessage message) {
        return message != null && message.verdict() == Verdict.ACCEPT;
    }

    int bodies() {
        return bodies.get();
    }

    long bytes() {
        return bytes.get();
    }
}
