// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.dedup;

import org.ippan.network.api.MessageId;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Remembers which messages were seen. An id marked less than the window ago is a duplicate, always, unless more than
 * {@code capacity} distinct ids came since; then the oldest go first. There is no unmark: callers make sure a message
 * can be handled before they mark it. Lock-free and safe for any thread; the methods that take words allocate nothing.
 */
@ProviderType
public interface MessageDeduplicator extends SnapshotSource {

    /**
     * Marks an id as seen. Atomic: true exactly once per id, also when many threads race.
     *
     * @param word0 bytes 0 to 7 of the id
     * @param word1 bytes 8 to 15
     * @param word2 bytes 16 to 23
     * @param word3 bytes 24 to 31
     * @return true if it was new, false for a duplicate
     */
    boolean checkAndMark(long word0, long word1, long word2, long word3);

    /**
     * Marks an id as seen.
     *
     * @param id the id
     * @return true if it was new, false for a duplicate
     */
    default boolean checkAndMark(MessageId id) {
        return checkAndMark(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /**
     * Whether an id is remembered; changes nothing.
     *
     * @param word0 bytes 0 to 7 of the id
     * @param word1 bytes 8 to 15
     * @param word2 bytes 16 to 23
     * @param word3 bytes 24 to 31
     * @return true if it was seen
     */
    boolean hasSeen(long word0, long word1, long word2, long word3);

    /**
     * Whether an id is remembered; changes nothing.
     *
     * @param id the id
     * @return true if it was seen
     */
    default boolean hasSeen(MessageId id) {
        return hasSeen(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /**
     * How many ids are remembered.
     *
     * @return 0 to the capacity
     */
    int size();

    /** Forgets every id. Counters stay. */
    void clear();

    @Override
    DedupSnapshot snapshot();
}
