// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import org.ippan.network.api.PeerId;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.record.StatusRecord;

/** What is known of one node. Guarded by the lock of the table's owner. */
final class Entry {

    final PeerId id;
    /** Its newest record; null if it is of a format that this node cannot read. */
    StatusRecord record;
    /** The same as it was signed. */
    byte[] signed;
    /** When that was signed: when it came, less how long it was under way. */
    long heardNanos;
    /** When that came. */
    long arrivedNanos;
    /** What it weighs in the table's memory. */
    long weight;
    NodeState state = NodeState.SILENT;
    String why = "";
    /** Whether both ends tell at least one link of it. */
    boolean linked;
    /** When its first record came. */
    long knownNanos;
    /** Since when no way of standing links leads to it; only counts while it is not {@link #reached}. */
    long lostNanos;
    boolean reached = true;

    Entry(PeerId id) {
        this.id = id;
    }

    long prefix() {
        return id.word0();
    }

    boolean isLeaving() {
        return record != null && record.life().leaving();
    }

    /** What it says of a link to a node. */
    StatusRecord.Word word(long node) {
        return record == null ? StatusRecord.Word.UNKNOWN : record.word(node);
    }

    boolean lists(long node) {
        return record != null && record.lists(node);
    }
}
