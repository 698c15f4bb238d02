// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTrace.Judged;
import org.ippan.network.api.trace.TracedLink;
import org.ippan.network.api.trace.TracedLink.Reach;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.receive.Verdicts;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;

/**
 * What became of one message, read from the logs and from how far each link is in them: nothing is noted for it on the
 * way of a message. Safe for any thread.
 */
final class Tracing {

    private final GossipContext context;
    private final Sources sources;
    private final Verdicts verdicts;
    private final Subscriptions subscriptions;

    Tracing(GossipContext context, Sources sources, Verdicts verdicts, Subscriptions subscriptions) {
        this.context = context;
        this.sources = sources;
        this.verdicts = verdicts;
        this.subscriptions = subscriptions;
    }

    /** What is known of a message; empty if it is not here. */
    Optional<MessageTrace> trace(MessageId id) {
        IdKey key = new IdKey(id);
        if (verdicts.knows(key)) {
            return Optional.of(MessageTrace.of(id, verdicts.isWaiting(key) ? Judged.WAITING : Judged.REJECTED));
        }
        EntryIndex.Found found = new EntryIndex.Found();
        if (!sources.index().find(key.word0(), key.word1(), key.word2(), key.word3(), found)) {
            return Optional.empty();
        }
        try {
            return Optional.of(inLog(id, found.segment(), found.entry()));
        } finally {
            found.unpin();
        }
    }

    private MessageTrace inLog(MessageId id, Segment segment, int entry) {
        long now = context.nanos();
        // Both columns are cut to 32 bits: the differences are right for an hour, longer than anything is kept.
        long here = TimeUnit.MICROSECONDS.toMillis((int) TimeUnit.NANOSECONDS.toMicros(now) - segment.appended(entry));
        long age = (int) TimeUnit.NANOSECONDS.toMillis(now) - segment.born(entry) - here;
        int body = segment.offset(entry) + FrameType.HEADER_LENGTH;
        Topic topic = MessageCodec.topic(segment.data(), body);
        boolean own = segment.log().isOwn();
        return new MessageTrace(id, topic.name(), MessageCodec.rawLength(segment.data(), body), Judged.ACCEPTED,
                Optional.ofNullable((GossipLink) segment.log().source()).map(GossipLink::peer),
                own ? 0 : Math.max(0, MessageCodec.hops(segment.data(), body) - 1), Duration.ofMillis(Math.max(0, age)),
                Duration.ofMillis(Math.max(0, here)), (segment.flags(entry) & Segment.ASKED) != 0,
                Arrays.stream(sources.readers()).map(reader -> new TracedLink(reader.link().peer(),
                        reach(reader, segment, entry))).toList(),
                // A message of this node's own publishers is delivered to none of them.
                own ? List.of() : subscriptions.names(topic));
    }

    private static Reach reach(Outbound reader, Segment segment, int entry) {
        if (segment.log().source() == reader.link()) {
            return Reach.BROUGHT;
        }
        if ((segment.known(entry) & reader.link().bit()) != 0) {
            return Reach.HAS;
        }
        Cursor cursor = reader.cursor(segment.log());
        if (cursor == null || !reader.carriage().concerns(segment, entry)) {
            return Reach.LEFT;
        }
        return cursor.taken() <= segment.position(entry) ? Reach.DUE
                : cursor.isSending() ? Reach.SENT : Reach.ANNOUNCED;
    }
}
