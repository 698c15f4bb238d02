// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.log.Stretch;
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
    private final Map<SourceLog, Due> stretches = new LinkedHashMap<>();

    /** What is to be announced of a log, from a time on. */
    private static final class Due {

        private final Stretch stretch;
        private long at;

        Due(SourceLog log) {
            stretch = new Stretch(log);
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
        for (Due due : stretches.values()) {
            if (!due.stretch.isEmpty() && now - due.at >= 0) {
                due.at = now + PAUSE;
                due.stretch.pass(sources.space().segments(), ControlCodec.MAX_IDS,
                        (segment, entry) -> announce(segment, entry, now, announcer));
            }
        }
    }

    /** A link ended: its peer is no help to the others any more. */
    void down(GossipLink link, long now) {
        note(link, now);
        stretches.forEach((log, due) -> due.at = log.source() == link ? now : due.at);
    }

    private void note(GossipLink link, long dueAt) {
        if (!link.tookToWithholding()) {
            return;
        }
        for (Segment segment : sources.space().segments()) {
            SourceLog log = segment.log();
            if (log.source() == link) {
                Due due = stretches.computeIfAbsent(log, Due::new);
                due.at = due.stretch.isEmpty() ? dueAt : due.at;
                due.stretch.extend();
            }
        }
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
        for (Due due : stretches.values()) {
            if (!due.stretch.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
