// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/**
 * Finds ring positions by hash. It grows and shrinks without a pause: live entries move from the older table to the
 * newer in slot order, on to the next bucket that is not full, past which nothing went. So one number, the frontier,
 * tells for every hash which of the two tables has it. As both keep about the same order, the newer table's chunks are
 * made while the older one's are given back, and both together are never much larger than one.
 *
 * <p>Thread rule as of {@link SlotTable}; head and live as there.
 */
final class IdIndex {

    private static final int MIN_HOMES = 1024;

    /** At a load of 3/5, 4.8 ids share a bucket on average; one bucket in nine is full (Poisson). */
    private static final int FULL_ENTRIES = 3;
    private static final int FULL_HOMES = 5;

    /** At a load below 1/6 the table shrinks to a load of 3/10: far enough from both not to swing. */
    private static final int SPARSE_HOMES = 6;

    /** Not further in one step, so that the smaller table cannot fill up before everything has moved into it. */
    private static final int SHRINK_STEP = 8;

    private SlotTable newer = new SlotTable(MIN_HOMES);
    private SlotTable older;
    private int frontier;

    /** How many homes hold this many entries, in whole buckets. */
    private static int homesFor(long entries) {
        long homes = (entries * FULL_HOMES + FULL_ENTRIES - 1) / FULL_ENTRIES;
        return Math.max(MIN_HOMES, (int) (homes + SlotTable.BUCKET_SLOTS - 1) & -SlotTable.BUCKET_SLOTS);
    }

    /** The table an entry of this tag is in. */
    SlotTable tableOf(long tag) {
        SlotTable leaving = older;
        return leaving == null || leaving.home(tag) < frontier ? newer : leaving;
    }

    void put(long entry, long head, int live) {
        tableOf(entry).put(entry, head, live);
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
            moveTo(Math.max(Math.min(homesFor(2L * entries), most), homes / SHRINK_STEP & -SlotTable.BUCKET_SLOTS));
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

    /** Moves this many slots, and on behind the next bucket that is not full. */
    void move(int slots, long head, int live) {
        if (older == null) {
            return;
        }
        int slot = frontier;
        int end = older.end();
        int left = slots;
        boolean full = false;
        while (slot < end && (full || left > 0)) {
            left -= SlotTable.BUCKET_SLOTS;
            full = older.hasChunkOf(slot) && older.copy(slot, newer, head, live);
            slot = older.hasChunkOf(slot) ? slot + SlotTable.BUCKET_SLOTS : SlotTable.nextChunk(slot);
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
