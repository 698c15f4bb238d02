// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.discovery.FindingRefusal;

/** Counts what was found and not told. Safe for any thread. */
public final class RefusalCounts {

    private final Map<FindingRefusal, LongAdder> counts = new EnumMap<>(FindingRefusal.class);

    public RefusalCounts() {
        for (FindingRefusal refusal : FindingRefusal.values()) {
            counts.put(refusal, new LongAdder());
        }
    }

    public void count(FindingRefusal refusal) {
        count(refusal, 1);
    }

    public void count(FindingRefusal refusal, long times) {
        counts.get(refusal).add(times);
    }

    Map<FindingRefusal, Long> counts() {
        Map<FindingRefusal, Long> now = new EnumMap<>(FindingRefusal.class);
        counts.forEach((refusal, count) -> now.put(refusal, count.sum()));
        return now;
    }
}
