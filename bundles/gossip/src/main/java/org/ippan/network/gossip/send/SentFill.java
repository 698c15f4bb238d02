// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;

/** What one fill of a link wrote, until the socket has taken it; used again then. Guarded by its {@link Outbound}. */
final class SentFill implements Fill {

    private final Consumer<SentFill> onTaken;
    private FrameClass frameClass;
    final List<Move> moves = new ArrayList<>(2);
    /** What was written of this node's logs. */
    final List<Run> runs = new ArrayList<>(0);
    /** Segments that were lent to the socket, pinned. */
    final List<Segment> lent = new ArrayList<>(0);
    int messages;
    long bytes;
    /** When the first message in it was appended, in microseconds of the ticker, cut to 32 bits. */
    int appendedMicros;

    /** A stretch of a log of which every message was written. */
    record Run(SourceLog log, long from, long to) {
    }

    /**
     * A cursor that moved.
     *
     * @param cursor the cursor
     * @param to what is before this position is passed
     * @param begin bytes of the fill before it did
     * @param end bytes of the fill when it had
     */
    record Move(Cursor cursor, long to, int begin, int end) {
    }

    SentFill(Consumer<SentFill> onTaken) {
        this.onTaken = onTaken;
    }

    /** Begins anew. */
    void begin(FrameClass ofFrames) {
        frameClass = ofFrames;
        moves.clear();
        runs.clear();
        lent.clear();
        messages = 0;
        bytes = 0;
    }

    /** Notes entries that were written. */
    void wrote(Segment segment, int first, int number) {
        if (segment.log().isOwn()) {
            runs.add(new Run(segment.log(), segment.position(first), segment.position(first + number)));
        }
        appendedMicros = messages == 0 ? segment.appended(first) : appendedMicros;
        messages += number;
        bytes += segment.offset(first + number) - segment.offset(first);
    }

    @Override
    public FrameClass frameClass() {
        return frameClass;
    }

    @Override
    public void taken() {
        onTaken.accept(this);
    }
}
