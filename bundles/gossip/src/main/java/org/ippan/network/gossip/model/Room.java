// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.rate.StrangersPart;

/**
 * A room for messages that wait: for one validator, or beyond the bound of a listener's queue. A link may use a quarter
 * of it, and no more than half of what is free (the dynamic thresholds of Choudhury and Hahne, 1998): the more links
 * use it, the smaller the share of each, so that however many do, there is room for another. Links that peers opened
 * leave a quarter to those this node opened. What passes at once takes none. Safe for any thread; several links that
 * look at the same moment may exceed the bound by one message each.
 */
public final class Room {

    private static final int LINK_SHARE = 4;

    private final Use all = new Use();
    private final Use strangers = new Use();
    private final Runnable onRelief;
    private volatile int maxMessages;
    private volatile long maxBytes;

    /** Messages that wait, and their bytes. */
    private static final class Use {

        private final AtomicInteger messages = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();

        void add(int count, int cost) {
            messages.addAndGet(count);
            bytes.addAndGet(cost);
        }
    }

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

    /** Most bytes that may wait. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Messages that wait. */
    public int messages() {
        return all.messages.get();
    }

    /** Bytes that wait. */
    public long bytes() {
        return all.bytes.get();
    }

    /**
     * The share of one link.
     *
     * @param dialled whether this node opened the link
     */
    public Share share(boolean dialled) {
        return new Share(!dialled);
    }

    /** What one link uses of the room. */
    public final class Share {

        private final Use mine = new Use();
        private final boolean stranger;

        private Share(boolean stranger) {
            this.stranger = stranger;
        }

        /** A message of this cost waits. */
        public void take(int cost) {
            add(1, cost);
        }

        /** A message of this cost waits no more. */
        public void giveBack(int cost) {
            add(-1, -cost);
            if (mine.messages.get() <= freeMessages() && mine.bytes.get() <= freeBytes()) {
                onRelief.run();
            }
        }

        private void add(int count, int cost) {
            all.add(count, cost);
            mine.add(count, cost);
            if (stranger) {
                strangers.add(count, cost);
            }
        }

        /** Whether a message of this cost may come in: always when nothing waits, however large it is. */
        public boolean admits(int cost) {
            return (mine.messages.get() == 0 || freeMessages() > 0 && freeBytes() >= cost)
                    && admits(all, maxMessages, maxBytes, cost)
                    && (!stranger || admits(strangers, StrangersPart.of(maxMessages), StrangersPart.of(maxBytes),
                            cost));
        }

        private static boolean admits(Use use, long mostMessages, long mostBytes, int cost) {
            return use.messages.get() == 0
                    || use.messages.get() < mostMessages && use.bytes.get() + cost <= mostBytes;
        }

        /** Whether a message of this cost may come in though so many others, of this cost together, come before it. */
        public boolean admits(int others, long costOfOthers, int cost) {
            return freeMessages() > others && freeBytes() >= costOfOthers + cost;
        }

        /** How many messages may still come. */
        public int freeMessages() {
            return (int) free(maxMessages, all.messages.get(), strangers.messages.get(), mine.messages.get());
        }

        /** How many bytes may still come. */
        public long freeBytes() {
            return free(maxBytes, all.bytes.get(), strangers.bytes.get(), mine.bytes.get());
        }

        private long free(long most, long used, long usedByStrangers, long own) {
            long left = most - used;
            if (stranger) {
                left = Math.min(left, StrangersPart.of(most) - usedByStrangers);
            }
            long share = Math.min(Math.max(1, most / LINK_SHARE), (left + 1) / 2);
            return Math.min(share - own, left);
        }

        /** Whether no message of the link waits. */
        public boolean isUnused() {
            return mine.messages.get() == 0;
        }

        /** Messages of the link that wait. */
        public int messagesHeld() {
            return mine.messages.get();
        }
    }
}
