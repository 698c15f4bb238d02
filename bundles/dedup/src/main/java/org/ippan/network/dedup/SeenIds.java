// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/**
 * The newest ids, first in, first out, and exactly as many as the capacity. Positions count arrivals: ids from floor
 * to head are remembered; those from tail to floor are forgotten already but still take room, until they
 * are swept a few at a time. So forgetting any number of ids is one assignment, whatever it is for: time, a lower
 * capacity, or a new id.
 *
 * <p>One thread changes it at a time. {@link #find} may race with that and then answers anything.
 */
final class SeenIds {

    /**
     * Swept with each new id: one more than it adds, so that what is left to sweep melts away under any load.
     */
    private static final int SWEPT_PER_ID = 2;

    /**
     * Index slots moved with each new id: enough to be done before the other table is full, as IdIndex bounds it.
     */
    private static final int MOVED_PER_ID = 32;

    /** Index slots that are moved in the time in which one id is swept, roughly. */
    private static final int MOVED_PER_SWEPT = 16;

    private final KeyedHash hash;
    private final IdRing ring = new IdRing();
    private final IdIndex index = new IdIndex();
    private int capacity;
    private long head;
    private long floor;
    private long tail;

    SeenIds(KeyedHash hash, int capacity) {
        this.hash = hash;
        this.capacity = capacity;
    }

    /** What {@link #find} and {@link #add} want to know of an id, computed once. */
    long tag(long word0, long word1, long word2, long word3) {
        return SlotTable.tag(hash.of(word0, word1, word2, word3));
    }

    boolean contains(long tag, long word0, long word1, long word2, long word3) {
        return find(tag, word0, word1, word2, word3) >= 0;
    }

    /** The index slot of an id that is remembered, or the complement of the one it would go to. */
    int find(long tag, long word0, long word1, long word2, long word3) {
        SlotTable table = index.tableOf(tag);
        int slot = table.seek(tag, table.home(tag));
        while (slot >= 0) {
            long position = table.get(slot) & SlotTable.POSITION_MASK;
            if (ring.holds(position, word0, word1, word2, word3) && isRemembered(position)) {
                return slot;
            }
            slot = table.seek(tag, slot + 1);
        }
        return slot;
    }

    /** An id that is forgotten but not swept may have come again: then it is there twice. */
    private boolean isRemembered(long position) {
        return (head - position & SlotTable.POSITION_MASK) <= head - floor;
    }

    /** Adds an id that is not contained, where {@link #find} said. At capacity the oldest has to go before. */
    void add(int found, long tag, long word0, long word1, long word2, long word3) {
        ring.put(head, tail, word0, word1, word2, word3);
        index.tableOf(tag).set(~found, tag | head & SlotTable.POSITION_MASK);
        head++;
        if (tail < floor) {
            sweep(SWEPT_PER_ID);
        }
        if (index.isMoving()) {
            index.move(MOVED_PER_ID);
        } else {
            index.growIfFull(entries(), capacity);
        }
    }

    /** Forgets all ids before a position at once; their room is swept later. */
    void forgetBefore(long position) {
        floor = Math.max(floor, position);
    }

    /** Gives back the room of up to this many forgotten ids, and of index slots no longer needed. */
    void sweep(int ids) {
        long end = Math.min(floor, tail + ids);
        while (tail < end) {
            index.remove(SlotTable.tag(ring.hash(tail, hash)) | tail & SlotTable.POSITION_MASK);
            tail++;
            ring.forgetBefore(tail, head);
        }
    }

    /** Does one slice of the work that is left; false if none was. */
    boolean tidy(int ids) {
        if (tail < floor) {
            sweep(ids);
            return true;
        }
        if (!index.isMoving()) {
            index.shrinkIfSparse(entries(), capacity);
        }
        boolean moving = index.isMoving();
        index.move(ids * MOVED_PER_SWEPT);
        return moving;
    }

    void clear() {
        ring.clear();
        index.clear();
        floor = head;
        tail = head;
    }

    void capacity(int most) {
        capacity = most;
    }

    int capacity() {
        return capacity;
    }

    boolean isFull() {
        return head - floor >= capacity;
    }

    /** Ids remembered. */
    int size() {
        return (int) (head - floor);
    }

    /** Ids that take room. */
    private int entries() {
        return (int) (head - tail);
    }

    /** Position of the next id. */
    long head() {
        return head;
    }

    /** Position of the oldest id remembered. */
    long floor() {
        return floor;
    }

    long bytes() {
        return ring.bytes() + index.bytes();
    }
}
