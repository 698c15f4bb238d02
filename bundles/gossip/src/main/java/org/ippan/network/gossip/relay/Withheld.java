// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;

/**
 * What a peer brought that was not given to others, as they get it from its publisher, a neighbour of that peer. That
 * it is one of these is the peer's word alone: after a while it is announced to the others, who ask if they have not
 * got it. Confined to the relay's thread.
 */
final class Withheld {

    /** How long the publisher's own copy may take to come to the others. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    /** Between as many announcements as one frame holds. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250);
    /** What had come before it was noticed, and is older, was passed by all links before. */
    private static final int OLDEST_MICROS = 30_000_000;

    private final GossipContext context;
    private final Sources sources;
    private final Map<SourceLog, Stretch> stretches = new LinkedHashMap<>();

    /** Of a log: what is between two positions is to be announced, from a time on. */
    private static final class Stretch {

        private long from;
        private long to;
        private long dueAt;

        boolean isEmpty() {
            return from >= to;
        }
    }

    Withheld(GossipContext context, Sources sources) {
        this.context = context;
        this.sources = sources;
    }

    /** Notes what was withheld, and announces what was so for long enough. */
    void tick(long now, BiConsumer<Outbound, Announcement> announcer) {
        for (Outbound outbound : sources.readers()) {
            note(outbound.link(), now + PATIENCE);
        }
        stretches.keySet().removeIf(SourceLog::isEmpty);
        stretches.forEach((log, stretch) -> {
            if (!stretch.isEmpty() && now - stretch.dueAt >= 0) {
                stretch.dueAt = now + PAUSE;
                announce(log, stretch, now, announcer);
            }
        });
    }

    /** A link ended: its peer is no help to the others any more. */
    void down(GossipLink link, long now) {
        note(link, now);
        stretches.forEach((log, stretch) -> stretch.dueAt = log.source() == link ? now : stretch.dueAt);
    }

    private void note(GossipLink link, long dueAt) {
        if (!link.tookToWithholding()) {
            return;
        }
        for (Segment segment : sources.space().segments()) {
            SourceLog log = segment.log();
            if (log.source() == link) {
                Stretch stretch = stretches.computeIfAbsent(log, any -> new Stretch());
                stretch.dueAt = stretch.isEmpty() ? dueAt : stretch.dueAt;
                stretch.to = log.head();
            }
        }
    }

    private void announce(SourceLog log, Stretch stretch, long now, BiConsumer<Outbound, Announcement> announcer) {
        int left = ControlCodec.MAX_IDS;
        for (Segment segment : sources.space().segments()) {
            if (segment.log() == log && left > 0 && segment.pin()) {
                try {
                    left -= announce(segment, stretch, left, now, announcer);
                } finally {
                    segment.unpin();
                }
            }
        }
        stretch.from = left > 0 ? stretch.to : stretch.from;
    }

    /** Announces what a segment has of a stretch, and moves its beginning on. How many it was. */
    private int announce(Segment segment, Stretch stretch, int most, long now,
            BiConsumer<Outbound, Announcement> announcer) {
        int count = segment.count();
        int some = 0;
        for (int entry = 0; entry < count && some < most && segment.position(entry) < stretch.to; entry++) {
            if (segment.position(entry) >= stretch.from) {
                stretch.from = segment.position(entry + 1);
                some += announce(segment, entry, now, announcer) ? 1 : 0;
            }
        }
        return some;
    }

    /** Announces an entry to all that may lack it. Whether there are some. */
    private boolean announce(Segment segment, int entry, long now, BiConsumer<Outbound, Announcement> announcer) {
        if ((int) TimeUnit.NANOSECONDS.toMicros(now) - segment.appended(entry) > OLDEST_MICROS) {
            return false;
        }
        boolean some = false;
        for (Outbound outbound : sources.readers()) {
            if (outbound.carriage().mayLack(segment, entry)) {
                announcer.accept(outbound, Announcing.announcement(segment, entry, (int) context.millis()));
                some = true;
            }
        }
        if (some) {
            segment.announced(now);
        }
        return some;
    }

    /** Whether something is to be announced. */
    boolean isBusy() {
        for (Stretch stretch : stretches.values()) {
            if (!stretch.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
