// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;

/**
 * All entries by id: open addressing with linear probing, at most half full. Look-ups take no lock; what changes the
 * table takes this object's. A removed entry leaves a mark in its place until the table is rebuilt, so a look-up never
 * misses an entry that is there. Ids come from the network, so the home slot is a keyed hash of all 256 bits: the sum
 * of products with secret odd factors (multiply-shift, Dietzfelbinger 1996), which no peer can aim at.
 */
final class PeerTable {

    private static final int FIRST_SLOTS = 64;
    /** A full table lets this part of its peers go at once, which makes the cost of choosing them small for each. */
    private static final int BATCH = 32;

    private final long factor0;
    private final long factor1;
    private final long factor2;
    private final long factor3;
    private final PeerEntry removed;
    private volatile AtomicReferenceArray<PeerEntry> slots = new AtomicReferenceArray<>(FIRST_SLOTS);
    private volatile int size;
    private int used;
    private long evicted;

    /**
     * An empty table.
     *
     * @param random gives the secret factors
     * @param removed an entry that stands where one was removed and is never looked up
     */
    PeerTable(RandomGenerator random, PeerEntry removed) {
        this.factor0 = random.nextLong() | 1;
        this.factor1 = random.nextLong() | 1;
        this.factor2 = random.nextLong() | 1;
        this.factor3 = random.nextLong() | 1;
        this.removed = removed;
    }

    private int home(PeerId id, int slotCount) {
        long sum = id.word0() * factor0 + id.word1() * factor1 + id.word2() * factor2 + id.word3() * factor3;
        return (int) (sum >>> Integer.SIZE) & slotCount - 1;
    }

    /** The entry of a peer, or null. */
    PeerEntry find(PeerId id) {
        AtomicReferenceArray<PeerEntry> table = slots;
        int last = table.length() - 1;
        int slot = home(id, table.length());
        PeerEntry entry = table.getAcquire(slot);
        while (entry != null && (entry == removed || !entry.id().equals(id))) {
            slot = slot + 1 & last;
            entry = table.getAcquire(slot);
        }
        return entry;
    }

    int size() {
        return size;
    }

    synchronized long evicted() {
        return evicted;
    }

    /** Adds an entry if its peer has none, and gives the one that is there then. The table must have room for it. */
    synchronized PeerEntry add(PeerEntry entry) {
        PeerEntry present = find(entry.id());
        if (present != null) {
            return present;
        }
        if (2 * (used + 1) > slots.length()) {
            rebuild(any -> true);
        }
        put(slots, entry);
        used++;
        size++;
        return entry;
    }

    private void put(AtomicReferenceArray<PeerEntry> table, PeerEntry entry) {
        int slot = home(entry.id(), table.length());
        while (table.getPlain(slot) != null) {
            slot = slot + 1 & table.length() - 1;
        }
        table.setRelease(slot, entry);
    }

    /** Keeps some entries, in a new table at most 3/8 full: an eighth of its slots may be taken before the next. */
    private void rebuild(Predicate<PeerEntry> keep) {
        List<PeerEntry> kept = new ArrayList<>(size);
        forEach(entry -> {
            if (keep.test(entry)) {
                kept.add(entry);
            }
        });
        AtomicReferenceArray<PeerEntry> fresh = new AtomicReferenceArray<>(
                Math.max(FIRST_SLOTS, Integer.highestOneBit(kept.size() * 8 / 3) * 2));
        kept.forEach(entry -> put(fresh, entry));
        slots = fresh;
        used = kept.size();
        size = kept.size();
    }

    /** Takes a peer's entry out; null if there is none. */
    synchronized PeerEntry remove(PeerId id) {
        PeerEntry entry = find(id);
        if (entry != null) {
            AtomicReferenceArray<PeerEntry> table = slots;
            int slot = home(id, table.length());
            while (table.getPlain(slot) != entry) {
                slot = slot + 1 & table.length() - 1;
            }
            table.setRelease(slot, removed);
            size--;
        }
        return entry;
    }

    /** Takes all entries out. */
    synchronized void clear(Consumer<PeerEntry> leaving) {
        forEach(leaving);
        rebuild(any -> false);
        evicted = 0;
    }

    /**
     * Lets the least worthy entries go if there are more than may be.
     *
     * @param most how many may be
     * @param worth of an entry; least leaves first
     * @param leaving is given each that leaves
     */
    synchronized void trim(int most, ToLongFunction<PeerEntry> worth, Consumer<PeerEntry> leaving) {
        if (size <= most) {
            return;
        }
        int surplus = Math.min(size, size - most + most / BATCH);
        long[] worths = new long[size];
        List<PeerEntry> entries = new ArrayList<>(size);
        forEach(entry -> {
            worths[entries.size()] = worth.applyAsLong(entry);
            entries.add(entry);
        });
        long[] sorted = worths.clone();
        Arrays.sort(sorted);
        long limit = sorted[surplus - 1];
        long ties = surplus - Arrays.stream(worths).filter(value -> value < limit).count();
        for (int i = 0; i < worths.length; i++) {
            if (worths[i] < limit || worths[i] == limit && ties-- > 0) {
                remove(entries.get(i).id());
                leaving.accept(entries.get(i));
                evicted++;
            }
        }
    }

    /** Each entry, some of those added meanwhile included. */
    void forEach(Consumer<PeerEntry> action) {
        AtomicReferenceArray<PeerEntry> table = slots;
        visit(table, 0, table.length(), action);
    }

    /**
     * Visits a part of the table.
     *
     * @param from first slot
     * @param count how many slots
     * @param action is given each entry
     * @return where to go on; 0 when the end was reached
     */
    int visit(int from, int count, Consumer<PeerEntry> action) {
        AtomicReferenceArray<PeerEntry> table = slots;
        int to = (int) Math.min(table.length(), (long) from + count);
        visit(table, from, to, action);
        return to == table.length() ? 0 : to;
    }

    private void visit(AtomicReferenceArray<PeerEntry> table, int from, int to, Consumer<PeerEntry> action) {
        for (int slot = from; slot < to; slot++) {
            PeerEntry entry = table.getAcquire(slot);
            if (entry != null && entry != removed) {
                action.accept(entry);
            }
        }
    }
}
