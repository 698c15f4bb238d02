// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/**
 * The newest ids, first in, first out, and exactly as many as the capacity. Positions count arrivals: ids from floor
 * to head are remembered. So forgetting any number of ids is one assignment, whatever it is for: time, a lower
 * capacity, or a new id. The room of forgotten ids is given back or used again later, a little with each new id.
 *
 * <p>One thread changes it at a time. {@link #contains} may race with that and then answers anything.
 */
final class SeenIds {

    /**
     * Index slots moved with each new id: enough to be done before the other table is full, as IdIndex bounds it.
     */
    private static final int MOVED_PER_ID = 32;

    private final KeyedHash hash;
    private final IdRing ring = new IdRing();
    private final IdIndex index = new IdIndex();
    private int capacity;
    private long head;
    private long floor;

    SeenIds(KeyedHash hash, int capacity) {
        this.hash = hash;
        this.capacity = capacity;
    }

    /** What the other methods want to know of an id, computed once. */
    long tag(long word0, long word1, long word2, long word3) {
        return SlotTable.tag(hash.of(word0, word1, word2, word3));
    }

    /** Begins to load what {@link #contains} reads first. The result means nothing, but is zero if no id was there. */
    long touch(long tag) {
        SlotTable table = index.tableOf(tag);
        return table.touch(table.home(tag));
    }

    boolean contains(long tag, long word0, long word1, long word2, long word3) {
        return isAmong(size(), tag, word0, word1, word2, word3);
    }

    /** Whether an id is remembered, and still will be after so many others were added. */
    boolean outlasts(int added, long tag, long word0, long word1, long word2, long word3) {
        return isAmong(Math.min(size(), capacity - added), tag, word0, word1, word2, word3);
    }

    /** Whether an id is among this many of the newest. An id that came again after it was forgotten is there twice. */
    private boolean isAmong(int newest, long tag, long word0, long word1, long word2, long word3) {
        SlotTable table = index.tableOf(tag);
        long next = head;
        int slot = table.seek(tag, table.home(tag), next, newest);
        while (slot >= 0 && !ring.holds(SlotTable.position(table.get(slot)), word0, word1, word2, word3)) {
            slot = table.seek(tag, slot + 1, next, newest);
        }
        return slot >= 0;
    }

    /** Adds an id that is not contained. At capacity the oldest has to go before. */
    void add(long tag, long word0, long word1, long word2, long word3) {
        ring.giveBack(1, floor);
        ring.put(head, word0, word1, word2, word3);
        index.put(SlotTable.entry(tag, head), ++head, size());
        if (index.isMoving()) {
            index.move(MOVED_PER_ID, head, size());
        } else {
            index.growIfFull(size(), capacity);
        }
    }

    /** Forgets all ids before a position at once; their room is given back later. */
    void forgetBefore(long position) {
        floor = Math.max(floor, position);
    }

    /** Does one slice of the work that is left, this many chunks or index slots; false if none was. */
    boolean tidy(int chunks, int slots) {
        if (ring.giveBack(chunks, floor)) {
            return true;
        }
        if (!index.isMoving()) {
            index.shrinkIfSparse(size(), capacity);
        }
        boolean moving = index.isMoving();
        index.move(slots, head, size());
        return moving;
    }

    void clear() {
        ring.clear(head);
        index.clear();
        floor = head;
    }

    void capacity(int most) {
        capacity = most;
    }

    int capacity() {
        return capacity;
    }

    boolean isFull() {
        return size() >= capacity;
    }

    /** Ids remembered. */
    int size() {
        return (int) (head - floor);
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
