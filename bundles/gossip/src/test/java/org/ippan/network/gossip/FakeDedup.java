// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;

/** Remembers every id for ever. Safe for any thread. */
final class FakeDedup implements MessageDeduplicator {

    /** Runs when it was looked whether an id was seen, before that is told. */
    Runnable afterLook = () -> { };
    private final Set<MessageId> seen = ConcurrentHashMap.newKeySet();

    @Override
    public boolean checkAndMark(long word0, long word1, long word2, long word3) {
        return seen.add(MessageId.of(word0, word1, word2, word3));
    }

    @Override
    public boolean hasSeen(long word0, long word1, long word2, long word3) {
        boolean known = seen.contains(MessageId.of(word0, word1, word2, word3));
        afterLook.run();
        return known;
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
        return new DedupSnapshot(seen.size(), 1_000_000, 300, 300, 0, 0, 0, 0, 0, 0, 0, "");
    }
}
