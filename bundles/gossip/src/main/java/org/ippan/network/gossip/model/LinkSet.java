// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** A set of links by their slots: a word for the first 64, more words when there are more. Safe for any thread. */
public final class LinkSet {

    private static final AtomicLongFieldUpdater<LinkSet> FIRST =
            AtomicLongFieldUpdater.newUpdater(LinkSet.class, "first");
    private static final AtomicLongArray NONE = new AtomicLongArray(0);

    private volatile long first;
    private volatile AtomicLongArray more = NONE;

    public boolean has(int slot) {
        if (slot < Long.SIZE) {
            return (first >>> slot & 1) != 0;
        }
        AtomicLongArray words = more;
        int word = slot / Long.SIZE - 1;
        return word < words.length() && (words.get(word) >>> slot % Long.SIZE & 1) != 0;
    }

    /** Whether it was not in the set before. */
    public boolean add(int slot) {
        long bit = 1L << slot % Long.SIZE;
        if (slot < Long.SIZE) {
            return (first & bit) == 0 && (FIRST.getAndAccumulate(this, bit, (old, add) -> old | add) & bit) == 0;
        }
        synchronized (this) {
            AtomicLongArray words = grown(slot / Long.SIZE);
            long old = words.getAndAccumulate(slot / Long.SIZE - 1, bit, (was, add) -> was | add);
            return (old & bit) == 0;
        }
    }

    /** Whether it was in the set before. */
    public boolean remove(int slot) {
        long bit = 1L << slot % Long.SIZE;
        if (slot < Long.SIZE) {
            return (first & bit) != 0
                    && (FIRST.getAndAccumulate(this, bit, (old, gone) -> old & ~gone) & bit) != 0;
        }
        synchronized (this) {
            AtomicLongArray words = more;
            int word = slot / Long.SIZE - 1;
            return word < words.length()
                    && (words.getAndAccumulate(word, bit, (old, gone) -> old & ~gone) & bit) != 0;
        }
    }


    /** The words beyond the first, at least this many; only under the lock. */
    private AtomicLongArray grown(int length) {
        AtomicLongArray words = more;
        if (words.length() < length) {
            AtomicLongArray longer = new AtomicLongArray(length);
            for (int i = 0; i < words.length(); i++) {
                longer.set(i, words.get(i));
            }
            more = longer;
            return longer;
        }
        return words;
    }
}
