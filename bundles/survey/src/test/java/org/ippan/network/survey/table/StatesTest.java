// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class StatesTest {

    private static final int ROUNDS = 500;
    private static final int MOST = 12;
    /** Readings of the clock run over meanwhile. */
    private static final long BEGIN = Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(1);

    private final Random random = new Random(1);

    private long moment() {
        return BEGIN + TimeUnit.SECONDS.toNanos(random.nextInt(180));
    }

    private Entry gone() {
        Entry entry = new Entry(Peers.peer(1));
        entry.knownNanos = moment();
        entry.lostNanos = moment();
        return entry;
    }

    @Test
    void shouldCountHowManyWentTogetherAsEachAgainstEachWould() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Entry> gone = Stream.generate(this::gone).limit(1 + random.nextInt(MOST)).toList();

            assertEquals(gone.stream().mapToLong(first -> gone.stream().filter(each -> wentWith(first, each)).count())
                    .max().orElseThrow(), States.mostTogether(gone));
        }
    }

    /** Within a minute after the first, and there when that went. */
    private static boolean wentWith(Entry first, Entry each) {
        long later = each.lostNanos - first.lostNanos;
        return later >= 0 && later <= States.TOGETHER_NANOS && each.knownNanos - first.lostNanos <= 0;
    }
}
