// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import org.ippan.network.api.snapshot.Described;

/** How a node of the network fares, as another node sees it. */
public enum NodeState implements Described {
    /** By its own word, all is well. */
    OK("Nodes that say all is well."),
    /** By its own word, something could be better. */
    WARN("Nodes that say something could be better."),
    /** By its own word, something does not work. */
    FAIL("Nodes that say something does not work."),
    /** It is linked, but its record is two intervals overdue. */
    STALE("Nodes whose record is two intervals overdue."),
    /** No way of standing links leads to it. */
    GONE("Nodes that no way of standing links leads to, for up to an hour."),
    /** It said that it stops. */
    LEFT("Nodes that said they stop, for up to 10 minutes."),
    /** Others name it, but it tells nothing that this node can read. */
    SILENT("Nodes that only others name.");

    private final String description;

    NodeState(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    /**
     * Whether an operator should look at it.
     *
     * @return false for nodes that are well, that left politely, and that tell nothing
     */
    public boolean isSick() {
        return this == WARN || this == FAIL || this == STALE || this == GONE;
    }
}
