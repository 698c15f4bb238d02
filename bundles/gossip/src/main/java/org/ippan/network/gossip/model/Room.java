// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A room for messages that wait: for one validator, or beyond the bound of a listener's queue. A link may use a quarter
 * of it. What passes at once takes none. Safe for any thread; several links that look at the same moment may exceed
 * the bound by one message each.
 */
public final class Room {

    private static final int LINK_SHARE = 4;

    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Runnable onRelief;
    private volatile int maxMessages;
    private volatile long maxBytes;

    /**
     * A room of no size yet.
     *
     * @param onRelief called by whatever thread gives room back, whenever a share is at most half used then
     */
    public Room(Runnable onRelief) {
        this.onRelief = onRelief;
    }

    /** Sets how much may wait. */
    public void resize(int newMaxMessages, long newMaxBytes) {
        maxMessages = newMaxMessages;
        maxBytes = newMaxBytes;
    }

    /** Messages that wait. */
    public int messages() {
        return messages.get();
    }

    /** Bytes that wait. */
    public long bytes() {
        return bytes.get();
    }

    private static double fraction(int messages, int maxMessages, long bytes, long maxBytes) {
        return Math.max((double) messages / Math.max(1, maxMessages), (double) bytes / Math.max(1, maxBytes));
    }

    /** What one link uses of the room. */
    public final class Share {

        private final AtomicInteger mine = new AtomicInteger();
        private final AtomicLong myBytes = new AtomicLong();

        /** A message of this cost waits. */
        public void take(int cost) {
            messages.incrementAndGet();
            bytes.addAndGet(cost);
            mine.incrementAndGet();
            myBytes.addAndGet(cost);
        }

        /** A message of this cost waits no more. */
        public void giveBack(int cost) {
            messages.decrementAndGet();
            bytes.addAndGet(-cost);
            mine.decrementAndGet();
            myBytes.addAndGet(-cost);
            if (used() <= 0.5) {
                onRelief.run();
            }
        }

        /** Whether a message of this cost may come in: always when nothing waits, however large it is. */
        public boolean admits(int cost) {
            return (mine.get() == 0 || freeMessages() > 0 && freeBytes() >= cost)
                    && (messages.get() == 0 || messages.get() < maxMessages && bytes.get() + cost <= maxBytes);
        }

        /** Whether a message of this cost may come in though so many others, of this cost together, come before it. */
        public boolean admits(int others, long costOfOthers, int cost) {
            return freeMessages() > others && freeBytes() >= costOfOthers + cost;
        }

        /** How many messages may still come. */
        public int freeMessages() {
            return Math.min(Math.max(1, maxMessages / LINK_SHARE) - mine.get(), maxMessages - messages.get());
        }

        /** How many bytes may still come. */
        public long freeBytes() {
            return Math.min(maxBytes / LINK_SHARE - myBytes.get(), maxBytes - bytes.get());
        }

        /** 0 to 1 or a little more: how much of the link's share is used, or of the whole if that is fuller. */
        private double used() {
            return Math.max(fraction(mine.get(), maxMessages / LINK_SHARE, myBytes.get(), maxBytes / LINK_SHARE),
                    fraction(messages.get(), maxMessages, bytes.get(), maxBytes));
        }

        /** Whether no message of the link waits. */
        public boolean isUnused() {
            return mine.get() == 0;
        }

        /** Messages of the link that wait. */
        public int messagesHeld() {
            return mine.get();
        }
    }
}
