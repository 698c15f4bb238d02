// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.MessageCodec;

/**
 * What one link announces: what its cursors pass while bodies are not sent over it. The end that was dialled leaves the
 * other two rounds to be first: both get a message at about the same time, and who hears of it need not announce it
 * back. Confined to the relay's thread; the cursors are used under the lock of their {@link Outbound}.
 */
final class Announcing {

    /** Rounds the end that was dialled waits. */
    private static final int ROUNDS = 2;
    /** Most rounds that are left out for a peer that takes nothing. */
    private static final int MOST_REST = 10;

    private final Outbound outbound;
    /** Rounds that are still left out, and how many were the last time. */
    private int rest;
    private int rested;
    /** How far each log was in the last rounds. */
    private final Map<Cursor, long[]> heads = new IdentityHashMap<>();

    Announcing(Outbound outbound) {
        this.outbound = outbound;
    }

    /** Another round begins. */
    void round() {
        rest = Math.max(0, rest - 1);
        Cursor[] cursors = outbound.cursors();
        if (heads.size() > cursors.length) {
            heads.keySet().retainAll(List.of(cursors));
        }
        for (Cursor cursor : cursors) {
            long[] known = heads.computeIfAbsent(cursor, any -> new long[ROUNDS + 1]);
            System.arraycopy(known, 0, known, 1, ROUNDS);
            known[0] = cursor.log().head();
        }
    }

    /** Up to which position a cursor announces in this round. */
    private long limit(Cursor cursor) {
        long[] known = heads.get(cursor);
        long limit = known == null ? 0 : known[outbound.link().dialled() ? 0 : ROUNDS];
        return cursor.isAnnouncing() ? Math.min(limit, cursor.announcedTo()) : limit;
    }

    /** Whether something is to be announced in this round. */
    boolean waits() {
        if (rest > 0) {
            return false;
        }
        for (Cursor cursor : outbound.cursors()) {
            if (cursor.hasMore() && !outbound.isSending(cursor) && cursor.position() < limit(cursor)) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is to be announced in this round or a later one. */
    boolean isBehind() {
        for (Cursor cursor : outbound.cursors()) {
            if (cursor.hasMore() && !outbound.isSending(cursor)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Announces what waits, as far as it is taken.
     *
     * @param taker takes up to {@link ControlCodec#MAX_IDS} at a time, or none
     */
    void announce(GossipContext context, Predicate<List<Announcement>> taker) {
        synchronized (outbound) {
            for (Cursor cursor : outbound.cursors()) {
                boolean instead = cursor.isAnnouncing();
                while (!outbound.isSending(cursor) && cursor.position() < limit(cursor)) {
                    if (!announce(cursor, context, taker)) {
                        return;
                    }
                }
                if (instead && !cursor.isAnnouncing()) {
                    // What follows is sent, and waited for.
                    cursor.log().review();
                    outbound.wake();
                }
            }
        }
    }

    private boolean announce(Cursor cursor, GossipContext context, Predicate<List<Announcement>> taker) {
        Cursor.Mark before = cursor.mark();
        List<Announcement> some = new ArrayList<>();
        long limit = limit(cursor);
        Segment segment;
        while (some.size() < ControlCodec.MAX_IDS && cursor.position() < limit && (segment = cursor.pin()) != null) {
            try {
                int entry = cursor.at();
                int end = segment.count();
                while (entry < end && some.size() < ControlCodec.MAX_IDS && segment.position(entry) < limit) {
                    if (outbound.carriage().goes(segment, entry)) {
                        some.add(announcement(segment, entry, (int) context.millis()));
                        segment.announced(context.nanos());
                    }
                    entry++;
                }
                cursor.pass(segment, entry);
            } finally {
                segment.unpin();
            }
        }
        if (!some.isEmpty()) {
            // Newest first on the wire.
            Collections.reverse(some);
            if (!taker.test(some)) {
                cursor.reset(before);
                rested = Math.min(MOST_REST, 2 * rested + 1);
                rest = rested;
                return false;
            }
            rested = 0;
        }
        cursor.passed();
        return true;
    }

    static Announcement announcement(Segment segment, int entry, int nowMillis) {
        MessageId id = MessageId.of(segment.word(entry, 0), segment.word(entry, 1), segment.word(entry, 2),
                segment.word(entry, 3));
        return new Announcement(id,
                MessageCodec.rawLength(segment.data(), segment.offset(entry) + FrameType.HEADER_LENGTH),
                Math.max(0, nowMillis - segment.born(entry)));
    }
}
