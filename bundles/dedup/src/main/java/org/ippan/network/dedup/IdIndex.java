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

    /** Two thirds full, an unsuccessful search reads 5 slots on average (Knuth), most often of one cache line. */
    private static final double FULL = 2.0 / 3;

    /** Below this share the table shrinks to half of {@link #FULL}: far enough from both not to swing. */
    private static final double SPARSE = 1.0 / 6;

    /** Not further in one step, so that the smaller table cannot fill up before everything has moved into it. */
    private static final int SHRINK_STEP = 8;

    /** A table this much larger than a lowered capacity needs is replaced: 13.5 bytes for each id. */
    private static final double OVERSIZED = 9.0 / 8;

    private SlotTable newer = new SlotTable(MIN_HOMES);
    private SlotTable older;
    private int frontier;

    /** How many homes hold this many entries. */
    private static int homesFor(long entries) {
        return Math.max(MIN_HOMES, (int) Math.ceil(entries / FULL));
    }

    /** The table an entry of this tag is in. */
    SlotTable tableOf(long tag) {
        SlotTable leaving = older;
        return leaving == null || leaving.home(tag) < frontier ? newer : leaving;
    }

    void put(long entry) {
        tableOf(entry).put(entry);
    }

    void remove(long entry) {
        tableOf(entry).remove(entry);
    }

    void clear() {
        newer = new SlotTable(MIN_HOMES);
        older = null;
    }

    /** Begins to move to a larger table if one more entry would make this one too full. */
    void growIfFull(int entries, int capacity) {
        if (older == null && entries >= newer.homes() * FULL) {
            int most = homesFor(Math.max(capacity, entries + 1));
            moveTo(Math.min(2 * newer.homes(), most));
        }
    }

    /** Begins to move to a smaller table if this one is much larger than it has to be. */
    void shrinkIfSparse(int entries, int capacity) {
        int homes = newer.homes();
        int most = homesFor(Math.max(capacity, entries));
        if (older == null && homes > MIN_HOMES && (entries < homes * SPARSE || homes > most * OVERSIZED)) {
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
