// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.List;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.record.StatusRecord;

/** A node in the view, with what it was made of: as long as that is the same, it is not made anew. */
final class Row {

    final int key;
    NetworkNode node;
    long revision;
    private Inputs inputs;
    private NodeState state;
    private long sinceNanos;

    /**
     * What a row is made of.
     *
     * @param record the very record; null if there is none
     * @param head name, state and why in one text
     * @param links for each link of the record the key of the node it leads to, negative if only one end tells it
     */
    record Inputs(StatusRecord record, String head, List<Integer> links) {

        boolean isSame(Inputs other) {
            return other != null && record == other.record && head.equals(other.head) && links.equals(other.links);
        }
    }

    Row(int key) {
        this.key = key;
    }

    /** Since when it is in a state: from now on, if it was in another one. */
    long since(NodeState now, long nanos) {
        if (state != now) {
            state = now;
            sinceNanos = nanos;
        }
        return sinceNanos;
    }

    /** Notes what it is made of now; whether that is something else than before. */
    boolean changes(Inputs now) {
        boolean changed = !now.isSame(inputs);
        inputs = now;
        return changed;
    }
}
