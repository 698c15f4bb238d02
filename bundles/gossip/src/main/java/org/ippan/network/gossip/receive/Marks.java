// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Arrays;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.gossip.validate.Seals;

/**
 * The third stage: which of those that are left open were seen before. Without a deduplicator none was. Where
 * signatures are required those without are left out.
 */
final class Marks implements Stage {

    private final Seals seals;

    Marks(Seals seals) {
        this.seals = seals;
    }

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        if (seals.areRequired()) {
            sift(in, arrivals);
        }
        if (in.dedup == null) {
            Arrays.fill(arrivals.fresh, 0, arrivals.openCount, true);
        } else {
            in.dedup.checkAndMarkAll(arrivals.ids, arrivals.openCount, arrivals.fresh);
        }
    }

    /** Leaves those open that their publishers signed. */
    private void sift(Inbound in, Arrivals arrivals) {
        int open = 0;
        for (int i = 0; i < arrivals.openCount; i++) {
            Arrival arrival = arrivals.open[i];
            if (seals.admit(in.link, arrival.header, arrival.body, arrival.id)) {
                arrivals.open[open] = arrival;
                arrival.id.put(arrivals.ids, open * MessageDeduplicator.ID_WORDS);
                open++;
            } else if (arrival.numbered) {
                in.tree.level.missed(arrival.header.priority);
            }
        }
        arrivals.openCount = open;
    }
}
