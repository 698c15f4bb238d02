// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what was refused, by reason. Safe for any thread, without a lock.
 *
 * @param <E> the reasons
 */
public class ReasonCounts<E extends Enum<E>> {

    private final Class<E> reasons;
    private final Map<E, LongAdder> counts;

    /**
     * Nothing was refused yet.
     *
     * @param reasons all of which are counted
     */
    public ReasonCounts(Class<E> reasons) {
        this.reasons = reasons;
        this.counts = new EnumMap<>(reasons);
        for (E reason : reasons.getEnumConstants()) {
            counts.put(reason, new LongAdder());
        }
    }

    /**
     * One more was refused.
     *
     * @param reason why
     */
    public final void count(E reason) {
        count(reason, 1);
    }

    /**
     * So many more were refused.
     *
     * @param reason why
     * @param times how many
     */
    public final void count(E reason, long times) {
        counts.get(reason).add(times);
    }

    /** {@return how many were refused so far for each of all reasons} */
    public final Map<E, Long> counts() {
        Map<E, Long> now = new EnumMap<>(reasons);
        counts.forEach((reason, count) -> now.put(reason, count.sum()));
        return now;
    }
}
