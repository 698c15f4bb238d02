// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.dedup;

import java.util.Objects;
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

    /** Words of an id: 32 bytes are four longs. */
    int ID_WORDS = 4;

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
        Objects.requireNonNull(id, "id");
        return checkAndMark(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /**
     * Marks the ids of a batch as seen, with the same result as {@link #checkAndMark(long, long, long, long)} for
     * each of them in order: of an id that is in the batch twice, the first is new and the second a duplicate. Each id
     * is marked atomically, the batch as a whole is not: when several threads mark batches with common ids, each id is
     * new to exactly one of them. The arrays belong to the caller, who must not change them during the call; nothing
     * keeps them. Allocates nothing, whatever the size; a batch of some dozen ids costs a fraction of as many calls.
     *
     * @param ids four words for each id, most significant first: the words of id {@code i} begin at {@code 4 * i}
     * @param count ids in the batch, 0 or more; what the arrays hold beyond them is neither read nor written
     * @param fresh is given the result for id {@code i} at {@code i}: true if it was new, false for a duplicate
     * @return how many of the ids were new
     * @throws IndexOutOfBoundsException if {@code count} is negative or more than the arrays hold; no id is marked then
     */
    default int checkAndMarkAll(long[] ids, int count, boolean[] fresh) {
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(fresh, "fresh");
        Objects.checkFromIndexSize(0, count, Math.min(ids.length / ID_WORDS, fresh.length));
        int news = 0;
        for (int i = 0; i < count; i++) {
            int at = ID_WORDS * i;
            fresh[i] = checkAndMark(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
            news += fresh[i] ? 1 : 0;
        }
        return news;
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
        Objects.requireNonNull(id, "id");
        return hasSeen(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /** {@return how many ids are remembered: 0 to the capacity} */
    int size();

    /** Forgets every id. Counters stay. */
    void clear();

    @Override
    DedupSnapshot snapshot();
}
