// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.snapshot.ReasonCounts;
import org.ippan.network.api.survey.IgnoreReason;

/** Counts records sent, taken and ignored. Safe for any thread, without a lock. */
final class RecordCounts {

    private final LongAdder sent = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final ReasonCounts<IgnoreReason> ignored = new ReasonCounts<>(IgnoreReason.class);

    void sent() {
        sent.increment();
    }

    void taken() {
        taken.increment();
    }

    void ignored(IgnoreReason reason, int times) {
        ignored.count(reason, times);
    }

    long sentSoFar() {
        return sent.sum();
    }

    long takenSoFar() {
        return taken.sum();
    }

    Map<IgnoreReason, Long> ignoredSoFar() {
        return ignored.counts();
    }
}
