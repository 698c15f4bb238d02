// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.ippan.network.api.MessageId;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;

/** A deduplicator on manual time, with ids by number. */
final class Dedups {

    final ManualScheduler time = new ManualScheduler();
    final List<String> warnings = new ArrayList<>();
    final Dedup dedup;

    Dedups(int capacity, int windowSeconds) {
        this(capacity, windowSeconds, 1);
    }

    Dedups(int capacity, int windowSeconds, long seed) {
        dedup = new Dedup(new DedupSettings(capacity, windowSeconds), time, time, new Random(seed), warnings::add);
    }

    static MessageId id(long number) {
        return Peers.messageId(number);
    }

    /** The words of ids, one behind the other. */
    static long[] words(long... numbers) {
        return LongStream.of(numbers).mapToObj(Dedups::id)
                .flatMapToLong(id -> LongStream.of(id.word0(), id.word1(), id.word2(), id.word3())).toArray();
    }

    boolean mark(long number) {
        return dedup.checkAndMark(id(number));
    }

    boolean seen(long number) {
        return dedup.hasSeen(id(number));
    }

    /** How many of these were new. */
    int markAll(long from, long to) {
        int fresh = 0;
        for (long number = from; number < to; number++) {
            if (mark(number)) {
                fresh++;
            }
        }
        return fresh;
    }

    /** How many of these are remembered. */
    int seenOf(long from, long to) {
        int seen = 0;
        for (long number = from; number < to; number++) {
            if (seen(number)) {
                seen++;
            }
        }
        return seen;
    }
}
