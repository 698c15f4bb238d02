// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.gossip.log.Segment;

/**
 * Fills of one link that its socket has not taken yet, in their order. One that was taken is used again: at a low rate
 * each message is a fill. Guarded by its {@link Outbound}, but for what only the link's I/O thread calls.
 */
final class UnderWay {

    private final Consumer<SentFill> onTaken;
    private final Queue<SentFill> fills = new ArrayDeque<>();
    /** Is not under way; null if none is there. The link's I/O thread. */
    private SentFill spare;

    UnderWay(Consumer<SentFill> onTaken) {
        this.onTaken = onTaken;
    }

    /** An empty one. The link's I/O thread. */
    SentFill next(FrameClass frameClass) {
        if (spare == null) {
            spare = new SentFill(onTaken);
        }
        spare.begin(frameClass);
        return spare;
    }

    /** The next one was written. The link's I/O thread. */
    void add(SentFill written) {
        spare = null;
        fills.add(written);
    }

    /** The socket took one: cursors are told, and segments let go of; if the link ended they were then. */
    void taken(SentFill fill) {
        if (fills.remove(fill)) {
            fill.moves.forEach(move -> move.cursor().taken(move.to()));
            fill.lent.forEach(Segment::unpin);
        }
    }

    /** One that was taken is needed no more. The link's I/O thread. */
    void done(SentFill fill) {
        spare = fill;
    }

    /** The link ended. */
    void clear() {
        fills.forEach(fill -> fill.lent.forEach(Segment::unpin));
        fills.clear();
    }
}
