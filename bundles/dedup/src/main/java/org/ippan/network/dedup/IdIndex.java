// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/**
 * Finds ring positions by hash. It grows and shrinks without a pause: entries move from the older table to the newer in
 * slot order, whole runs at a time, so that one number, the frontier, tells for every hash which of the two tables has
 * it. As both keep about the same order, the newer table's chunks are made while the older one's are given back, and
 * both together are never much larger than one.
 *
 * <p>Thread rule as of {@link SlotTable}.
 */
final class IdIndex {

    private static final int MIN_HOMES = 1024;

    /** At a load of 3/5 an unsuccessful search reads 3.6 slots on average (Knuth), most often of one cache line. */
    private static final int FULL_ENTRIES = 3;
    private static final int FULL_HOMES = 5;

    /** At a load below 1/6 the table shrinks to a load of 3/10: far enough from both not to swing. */
    private static final int SPARSE_HOMES = 6;

    /** Not further in one step, so that the smaller table cannot fill up before everything has moved into it. */
    private static final int SHRINK_STEP = 8;

    private SlotTable newer = new SlotTable(MIN_HOMES);
    private SlotTable older;
    private int frontier;

    /** How many homes hold this many entries. */
    private static int homesFor(long entries) {
        return Math.max(MIN_HOMES, (int) ((entries * FULL_HOMES + FULL_ENTRIES - 1) / FULL_ENTRIES));
    }

    /** The table an entry of this tag is in. */
    SlotTable tableOf(long tag) {
        SlotTable leaving = older;
        return leaving == null || leaving.home(tag) < frontier ? newer : leaving;
    }

    void remove(long entry) {
        tableOf(entry).remove(entry);
    }

    void clear() {
        newer = new SlotTable(MIN_HOMES);
        older = null;
    }

    /** Begins to move to a larger table if this one is too full. */
    void growIfFull(int entries, int capacity) {
        if (older == null && (long) FULL_HOMES * entries > (long) FULL_ENTRIES * newer.homes()) {
            int most = homesFor(Math.max(capacity, entries));
            moveTo(Math.min(2 * newer.homes(), most));
        }
    }

    /** Begins to move to a smaller table if this one is sparse, or larger than a lowered capacity allows. */
    void shrinkIfSparse(int entries, int capacity) {
        int homes = newer.homes();
        int most = homesFor(Math.max(capacity, entries));
        if (older == null && homes > MIN_HOMES && (SPARSE_HOMES * (long) entries < homes || homes > most)) {
            moveTo(Math.max(Math.min(homesFor(2L * entries), most), homes / SHRINK_STEP));
        }
    }

    private void moveTo(int homes) {
        older = newer;
        newer = new SlotTable(homes);
        frontier = 0;
    }

    boolean isMoving() {
        return older != null;
    }

    /** Moves this many slots, and on to the end of the run. */
    void move(int slots) {
        if (older == null) {
            return;
        }
        int slot = frontier;
        int end = older.end();
        int left = slots;
        boolean empty = false;
        while (slot < end && !(empty && left <= 0)) {
            left--;
            empty = !older.hasChunkOf(slot);
            if (empty) {
                slot = SlotTable.nextChunk(slot);
                continue;
            }
            long entry = older.get(slot++);
            empty = entry == 0;
            if (!empty) {
                newer.put(entry);
            }
        }
        advance(slot);
    }

    /** Everything before this slot has moved. */
    private void advance(int slot) {
        for (int left = frontier; SlotTable.nextChunk(left) <= slot; left = SlotTable.nextChunk(left)) {
            older.dropChunkOf(left);
        }
        frontier = slot;
        if (slot >= older.end()) {
            older = null;
        }
    }

    long bytes() {
        return newer.bytes() + (older == null ? 0 : older.bytes());
    }
}
