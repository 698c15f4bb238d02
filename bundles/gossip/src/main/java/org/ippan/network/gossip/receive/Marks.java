// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Arrays;

/** The third stage: which of those that are left open were seen before. Without a deduplicator none was. */
final class Marks implements Stage {

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        if (in.dedup == null) {
            Arrays.fill(arrivals.fresh, 0, arrivals.openCount, true);
        } else {
            in.dedup.checkAndMarkAll(arrivals.ids, arrivals.openCount, arrivals.fresh);
        }
    }
}
