// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.survey.IgnoreReason;

/** Counts records sent, taken and ignored. Safe for any thread, without a lock. */
final class RecordCounts {

    private final LongAdder sent = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final Map<IgnoreReason, LongAdder> ignored = new EnumMap<>(IgnoreReason.class);

    RecordCounts() {
        for (IgnoreReason reason : IgnoreReason.values()) {
            ignored.put(reason, new LongAdder());
        }
    }

    void sent() {
        sent.increment();
    }

    void taken() {
        taken.increment();
    }

    void ignored(IgnoreReason reason, int times) {
        ignored.get(reason).add(times);
    }

    long sentSoFar() {
        return sent.sum();
    }

    long takenSoFar() {
        return taken.sum();
    }

    Map<IgnoreReason, Long> ignoredSoFar() {
        Map<IgnoreReason, Long> counts = new EnumMap<>(IgnoreReason.class);
        ignored.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
