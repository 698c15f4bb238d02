// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.IdKey;

/**
 * Who waits for peers' sockets to take messages of this node: by the position of the message in its log. Safe for any
 * thread.
 */
public final class Tracking {

    /** By then a peer that was told of a message has asked for it, if it had it from no other. */
    private static final long HAD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final AtomicInteger count = new AtomicInteger();
    private final List<ConcurrentNavigableMap<Long, PublishTracker>> byPosition = new ArrayList<>();
    private volatile boolean closed;

    /** No publisher waits. */
    public Tracking() {
        for (Priority priority : Priority.values()) {
            byPosition.add(new ConcurrentSkipListMap<>());
        }
    }

    /** Appends a message its publisher waits for. */
    void append(Sources.Source own, Priority priority, IdKey id, Draft draft, PublishTracker tracker) {
        ConcurrentNavigableMap<Long, PublishTracker> waiting = byPosition.get(priority.ordinal());
        long position;
        count.incrementAndGet();
        synchronized (this) {
            own.append(priority, id, draft);
            position = draft.position();
            waiting.put(position, tracker);
        }
        // Not before it is there to be removed: a publisher that waited may withdraw it at any moment.
        tracker.future().whenComplete((result, failure) -> {
            waiting.remove(position);
            count.decrementAndGet();
        });
        if (closed) {
            // It was about to be appended when the node closed.
            tracker.gone();
        }
    }

    /** A link's socket took what is between two positions of a log of this node. */
    public void sent(SourceLog log, GossipLink link, long from, long to) {
        if (count.get() > 0) {
            // A message is taken at the earliest when it was appended, and noted before this lock is had.
            synchronized (this) {
                byPosition.get(log.priority()).subMap(from, to).values().forEach(each -> each.taken(link.peer()));
            }
        }
    }

    /** Counts peers that were told of a message of a log in time: once a socket took it they have it from others. */
    public void told(SourceLog log, Outbound[] links, long now) {
        for (Map.Entry<Long, PublishTracker> each : byPosition.get(log.priority()).entrySet()) {
            PublishTracker tracker = each.getValue();
            if (now - tracker.publishedNanos() < HAD_NANOS) {
                return;
            }
            synchronized (this) {
                if (tracker.mayHaveEnoughOf(links.length)) {
                    told(tracker, log, each.getKey(), links);
                }
            }
        }
    }

    private static void told(PublishTracker tracker, SourceLog log, long position, Outbound[] links) {
        for (Outbound outbound : links) {
            if (isTold(outbound, log, position, tracker.length())) {
                tracker.taken(outbound.link().peer());
            }
        }
    }

    private static boolean isTold(Outbound outbound, SourceLog log, long position, int length) {
        Cursor cursor = outbound.cursor(log);
        return cursor != null && cursor.taken() > position && length <= outbound.link().maxMessageBytes()
                && !outbound.link().isSlow();
    }

    /** What is before this position in the log of a priority can no longer be sent to anybody. */
    public void gone(int priority, long before) {
        byPosition.get(priority).headMap(before).values().forEach(PublishTracker::gone);
    }

    /** Nothing can be sent to anybody any more. */
    public void close() {
        closed = true;
        byPosition.forEach(waiting -> waiting.values().forEach(PublishTracker::gone));
    }

    /** Whether no publisher waits. */
    public boolean isEmpty() {
        return byPosition.stream().allMatch(Map::isEmpty);
    }
}
