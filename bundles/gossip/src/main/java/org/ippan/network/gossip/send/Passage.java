// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;

/**
 * Leads cursors through their logs: what the peer is to be given is written, the rest is passed over. Confined to
 * the thread that fills the link.
 */
final class Passage {

    private final Carriage carriage;
    private final FrameWriter writer;

    Passage(Carriage carriage, FrameWriter writer) {
        this.carriage = carriage;
        this.writer = writer;
    }

    /** Writes what follows a cursor, as far as there is room, and moves it on. */
    void pass(Cursor cursor, FrameTarget target, SentFill fill) {
        int before = fill.messages;
        int begin = target.length();
        Segment segment;
        boolean room = true;
        while (room && target.room() > 0 && (segment = cursor.pin()) != null) {
            try {
                room = pass(cursor, segment, target, fill);
            } finally {
                segment.unpin();
            }
        }
        if (cursor.isFetching() && !cursor.hasMore()) {
            cursor.fetching(false);
        }
        if (fill.messages > before) {
            cursor.sent();
            fill.moves.add(new SentFill.Move(cursor, cursor.position(), begin, target.length()));
        } else {
            cursor.passed();
        }
    }

    /** Passes entries of one segment. Whether the target takes more. */
    private boolean pass(Cursor cursor, Segment segment, FrameTarget target, SentFill fill) {
        int count = segment.count();
        int entry = cursor.at();
        boolean room = true;
        while (room && entry < count) {
            if (!carriage.isSent(segment, entry)) {
                entry++;
            } else {
                int end = write(segment, entry, count, target, fill);
                room = end > entry;
                entry = end;
            }
        }
        cursor.pass(segment, entry);
        return room;
    }

    /** Writes an entry that is sent, with what follows where one copy does. The first that was not written. */
    private int write(Segment segment, int first, int count, FrameTarget target, SentFill fill) {
        int space = target.room();
        if (target.length() > 0 && length(segment, first, first + 1) > space) {
            return first;
        }
        if (writer.standsAlone(segment, first)) {
            single(segment, first, false, target, fill);
            return first + 1;
        }
        int end = first + 1;
        while (end < count && length(segment, first, end + 1) <= space && carriage.isSent(segment, end)
                && !writer.standsAlone(segment, end)) {
            end++;
        }
        writer.run(segment, first, end, target);
        fill.wrote(segment, first, end - first);
        return end;
    }

    private static int length(Segment segment, int first, int end) {
        return segment.offset(end) - segment.offset(first);
    }

    /** Writes an entry that was asked for; nothing if it is gone. Its segment is let go. */
    void serve(Asked asked, FrameTarget target, SentFill fill) {
        Segment segment = asked.segment();
        if (segment.pin()) {
            single(segment, asked.entry(), true, target, fill);
            segment.unpin();
        }
        segment.release();
    }

    /** Writes one entry of a pinned segment; nothing if it is in a codec that is not here any more. */
    private void single(Segment segment, int entry, boolean solicited, FrameTarget target, SentFill fill) {
        int before = target.length();
        // If it went just now its arrays are not used again, as it is pinned already: there is nothing to let go of.
        if (writer.single(segment, entry, solicited, target) && segment.pin()) {
            fill.lent.add(segment);
        }
        if (target.length() > before) {
            fill.wrote(segment, entry, 1);
        }
    }
}
