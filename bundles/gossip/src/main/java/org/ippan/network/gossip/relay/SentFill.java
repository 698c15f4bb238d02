// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;

/** What one fill of a link wrote, until the socket has taken it. Guarded by its {@link Outbound}. */
final class SentFill implements Fill {

    private final Outbound outbound;
    private final FrameClass frameClass;
    final List<Run> runs = new ArrayList<>(2);
    /** Segments that were lent to the socket, pinned. */
    final List<Segment> lent = new ArrayList<>(0);
    int messages;
    long bytes;
    /** Of this node's messages the one that has been under way longest, in milliseconds of the ticker. */
    int ownBorn;
    int ownMessages;

    /** A stretch of a log; the cursor is null where it was asked for. */
    record Run(SourceLog log, Cursor cursor, long from, long to) {
    }

    SentFill(Outbound outbound, FrameClass frameClass) {
        this.outbound = outbound;
        this.frameClass = frameClass;
    }

    void count(Segment segment, int first, int number) {
        if (segment.log().isOwn()) {
            ownBorn = ownMessages == 0 ? segment.born(first) : ownBorn;
            ownMessages += number;
        }
        messages += number;
        bytes += segment.offset(first + number) - segment.offset(first);
    }

    @Override
    public FrameClass frameClass() {
        return frameClass;
    }

    @Override
    public void taken() {
        outbound.taken(this);
    }
}
