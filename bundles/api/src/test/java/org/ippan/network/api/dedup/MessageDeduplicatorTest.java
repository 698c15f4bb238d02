// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.ippan.network.api.MessageId;
import org.junit.jupiter.api.Test;

/** What every deduplicator has without doing anything for it. */
class MessageDeduplicatorTest {

    private final Set<MessageId> seen = new HashSet<>();

    private final MessageDeduplicator deduplicator = new MessageDeduplicator() {

        @Override
        public boolean checkAndMark(long word0, long word1, long word2, long word3) {
            return seen.add(MessageId.of(word0, word1, word2, word3));
        }

        @Override
        public boolean hasSeen(long word0, long word1, long word2, long word3) {
            return seen.contains(MessageId.of(word0, word1, word2, word3));
        }

        @Override
        public int size() {
            return seen.size();
        }

        @Override
        public void clear() {
            seen.clear();
        }

        @Override
        public DedupSnapshot snapshot() {
            return new DedupSnapshot(size(), 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, "");
        }
    };

    @Test
    void shouldMarkABatchInOrderAndTakeFourWordsForEachId() {
        long[] ids = {1, 2, 3, 4, 1, 2, 3, 5, 1, 2, 3, 4, 9, 9, 9, 9};
        boolean[] fresh = {false, false, true, true};

        int news = deduplicator.checkAndMarkAll(ids, 3, fresh);

        assertEquals(2, news);
        assertArrayEquals(new boolean[] {true, true, false, true}, fresh);
        assertEquals(Set.of(MessageId.of(1, 2, 3, 4), MessageId.of(1, 2, 3, 5)), seen);
    }

    @Test
    void shouldMarkNothingOfABatchThatDoesNotFitItsArrays() {
        assertThrows(IndexOutOfBoundsException.class,
                () -> deduplicator.checkAndMarkAll(new long[7], 2, new boolean[2]));
        assertThrows(IndexOutOfBoundsException.class,
                () -> deduplicator.checkAndMarkAll(new long[8], 2, new boolean[1]));
        assertThrows(IndexOutOfBoundsException.class,
                () -> deduplicator.checkAndMarkAll(new long[8], -1, new boolean[2]));
        assertTrue(seen.isEmpty());
    }
}
