// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.util.Objects;

/**
 * How far a message came, as its publisher is told by {@link Gossip#publishSettled}.
 *
 * @param result what became of it at this node
 * @param nodes other nodes that accepted the message, each counted once
 * @param leftOut links on the way whose peer did not confirm: it was slow, its link ended, its node refused or ignored
 *        the message, or the answer did not come within the time-out. 0 if all confirmed
 */
public record SettledResult(PublishResult result, int nodes, int leftOut) {

    /**
     * Refuses null and negative counts.
     *
     * @param result not null
     * @param nodes at least 0
     * @param leftOut at least 0
     */
    public SettledResult {
        Objects.requireNonNull(result, "result");
        if (nodes < 0 || leftOut < 0) {
            throw new IllegalArgumentException("nodes and leftOut must not be negative: " + nodes + ", " + leftOut);
        }
    }

    /** {@return whether it was published, and every node that it could reach accepted it} */
    public boolean everywhere() {
        return result.accepted() && leftOut == 0;
    }
}
