// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.wire.IdKey;

/**
 * The messages that wait for a validator, and the last ones that were rejected: any other
 * peer that delivers such a one has to answer for it too. Safe for any thread.
 */
public final class Verdicts {

    private static final int MAX_REJECTED = 4096;

    private final ConcurrentHashMap<IdKey, JudgedMessage> waiting = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<IdKey, IdKey> rejected = new ConcurrentHashMap<>();
    private final Queue<IdKey> inOrder = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** The message of an id, if it waits for its verdict; else null. */
    JudgedMessage waiting(IdKey id) {
        return waiting.isEmpty() ? null : waiting.get(id);
    }

    /** Whether the message of an id was rejected lately. */
    boolean isRejected(IdKey id) {
        return count.get() > 0 && rejected.containsKey(id);
    }

    /** Whether the message of an id waits for its verdict. */
    public boolean isWaiting(IdKey id) {
        return waiting(id) != null;
    }

    /** Whether a message is here though in no log. */
    public boolean knows(IdKey id) {
        return waiting(id) != null || isRejected(id);
    }

    /** Begins to wait. The message of this id that waited already, or null. */
    JudgedMessage begin(JudgedMessage message) {
        return waiting.putIfAbsent(message, message);
    }

    /** The message has its verdict, and is in its log if it was accepted. */
    void end(JudgedMessage message) {
        waiting.remove(message, message);
    }

    /** Remembers a rejected message, and of all the newest only. */
    void reject(JudgedMessage message) {
        IdKey id = new IdKey(message);
        if (rejected.putIfAbsent(id, id) == null) {
            inOrder.add(id);
            if (count.incrementAndGet() > MAX_REJECTED) {
                count.decrementAndGet();
                rejected.remove(inOrder.poll());
            }
        }
    }

    /** The ids of all of them. */
    public void forEach(Consumer<IdKey> action) {
        waiting.keySet().forEach(action);
        rejected.keySet().forEach(action);
    }
}
